using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>
/// Arithmetic element by element. Shapes combine as usual: aligned at the innermost axis, sizes equal or 1, missing axes repeated; the
/// gradient of a repeated operand is the sum over the repeats. Shapes that do not combine throw <see cref="ArgumentException"/>.
/// </summary>
public static unsafe class ElementwiseOperations
{
    /// <summary>x + y.</summary>
    public static Tensor Add(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Add>.Apply(x, y);

    /// <summary>x + c.</summary>
    public static Tensor Add(this Tensor x, float c) => UnaryOperation<UnaryKernels.AddConstant>.Apply(x, c);

    /// <summary>x - y.</summary>
    public static Tensor Subtract(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Subtract>.Apply(x, y);

    /// <summary>x - c.</summary>
    public static Tensor Subtract(this Tensor x, float c) => UnaryOperation<UnaryKernels.AddConstant>.Apply(x, -c);

    /// <summary>c - x.</summary>
    public static Tensor SubtractFrom(this Tensor x, float c) => UnaryOperation<UnaryKernels.SubtractFromConstant>.Apply(x, c);

    /// <summary>x y.</summary>
    public static Tensor Multiply(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Multiply>.Apply(x, y);

    /// <summary>c x.</summary>
    public static Tensor Multiply(this Tensor x, float c) => UnaryOperation<UnaryKernels.MultiplyConstant>.Apply(x, c);

    /// <summary>x / y.</summary>
    public static Tensor Divide(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Divide>.Apply(x, y);

    /// <summary>x / c.</summary>
    public static Tensor Divide(this Tensor x, float c) => UnaryOperation<UnaryKernels.DivideByConstant>.Apply(x, c);

    /// <summary>c / x.</summary>
    public static Tensor DivideInto(this Tensor x, float c) => UnaryOperation<UnaryKernels.DivideConstant>.Apply(x, c);

    /// <summary>x^y for x of 0 or more (NaN below 0); a relative error of about |y log x| units in the last place.</summary>
    public static Tensor Power(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Power>.Apply(x, y);

    /// <summary>x^c; negative x only where c is an integer, NaN otherwise.</summary>
    public static Tensor Power(this Tensor x, float c)
    {
        float parity = MathF.Floor(c) != c ? 2 : MathF.Abs(c % 2);
        return UnaryOperation<UnaryKernels.Power>.Apply(x, c, parity);
    }

    /// <summary>The larger of both; NaN where either is. Equal elements share the gradient in halves.</summary>
    public static Tensor Maximum(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Maximum>.Apply(x, y);

    /// <summary>max(x, c).</summary>
    public static Tensor Maximum(this Tensor x, float c) => UnaryOperation<UnaryKernels.MaximumConstant>.Apply(x, c);

    /// <summary>The smaller of both; NaN where either is. Equal elements share the gradient in halves.</summary>
    public static Tensor Minimum(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Minimum>.Apply(x, y);

    /// <summary>min(x, c).</summary>
    public static Tensor Minimum(this Tensor x, float c) => UnaryOperation<UnaryKernels.MinimumConstant>.Apply(x, c);

    /// <summary>-x.</summary>
    public static Tensor Negate(this Tensor x) => UnaryOperation<UnaryKernels.Negate>.Apply(x);

    /// <summary>|x|; the gradient at 0 is 0.</summary>
    public static Tensor Abs(this Tensor x) => UnaryOperation<UnaryKernels.Absolute>.Apply(x);

    /// <summary>e^x.</summary>
    public static Tensor Exp(this Tensor x) => UnaryOperation<UnaryKernels.Exponential>.Apply(x);

    /// <summary>The natural logarithm.</summary>
    public static Tensor Log(this Tensor x) => UnaryOperation<UnaryKernels.Logarithm>.Apply(x);

    /// <summary>The square root.</summary>
    public static Tensor Sqrt(this Tensor x) => UnaryOperation<UnaryKernels.SquareRoot>.Apply(x);

    /// <summary>1 / sqrt(x).</summary>
    public static Tensor ReciprocalSqrt(this Tensor x) => UnaryOperation<UnaryKernels.ReciprocalSquareRoot>.Apply(x);

    /// <summary>x^2.</summary>
    public static Tensor Square(this Tensor x) => UnaryOperation<UnaryKernels.Square>.Apply(x);

    /// <summary>1 / x.</summary>
    public static Tensor Reciprocal(this Tensor x) => UnaryOperation<UnaryKernels.Reciprocal>.Apply(x);

    /// <summary>-1, 0 or 1; NaN for NaN. The gradient is 0.</summary>
    public static Tensor Sign(this Tensor x) => UnaryOperation<UnaryKernels.Sign>.Apply(x);

    /// <summary>x held in [low, high]; the gradient passes inside and on the bounds.</summary>
    /// <exception cref="ArgumentException">low exceeds high.</exception>
    public static Tensor Clamp(this Tensor x, float low, float high) => low <= high
        ? UnaryOperation<UnaryKernels.Clamp>.Apply(x, low, high)
        : throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The range {low}..{high} is empty."), nameof(low));

    /// <summary>x where the mask is not 0, y elsewhere. No gradient flows to the mask, nor to what was not chosen, even where it is NaN.</summary>
    public static Tensor Where(this Tensor mask, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Tape tape = Tape.Of(mask, x, y);
        Shape shape = Broadcasting.Result(Broadcasting.Result(mask.Shape, x.Shape), y.Shape);
        Tensor choice = Expanded(tape, mask, shape), yes = Expanded(tape, x, shape), no = Expanded(tape, y, shape);
        Tensor output = tape.NewTensor(shape, tape.Records(yes, no));
        tape.Backend.Where(choice.Pointer, yes.Pointer, no.Pointer, output.Pointer, shape.Length);
        if (output.RequiresGradient)
        {
            tape.Record(WhereOperation.Instance, output, choice, yes, no);
        }

        return output;
    }

    /// <summary>A value where the mask is not 0, x elsewhere.</summary>
    public static Tensor MaskedFill(this Tensor x, Tensor mask, float value)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return mask.Where(Tape.Of(mask, x).Filled(default, value), x);
    }

    private static Tensor Expanded(Tape tape, Tensor tensor, Shape shape) =>
        tensor.Shape == shape ? tensor : (tensor.Tape is null ? tensor.On(tape) : tensor).Expand(shape);
}
