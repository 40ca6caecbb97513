using Proximal.Tensors.Memory;

namespace Proximal.Tensors.Optimizers;

/// <summary>Settings of <see cref="Muon"/>.</summary>
public sealed record MuonOptions : OptimizerOptions
{
    /// <summary>Share of the last direction that is kept, in [0, 1).</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Looks ahead along the momentum.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Which matrices are orthogonalized; all with two axes when null. Embeddings and output heads are better left to AdamW.</summary>
    public Func<Parameter, bool>? Orthogonalizes { get; init; }

    /// <summary>Settings of AdamW for all other parameters; its groups are not used, those of this record count for all.</summary>
    public AdamOptions Others { get; init; } = new() { LearningRate = 3e-4, Beta2 = 0.95, Epsilon = 1e-10 };

    internal override void Validate()
    {
        base.Validate();
        CheckRate(Momentum, nameof(Momentum));
        ArgumentNullException.ThrowIfNull(Others);
        Others.Validate();
    }
}

/// <summary>
/// Muon (Jordan et al. 2024): the momentum of a matrix, b = mu b + (1-mu) g and u = (1-mu) g + mu b with Nesterov, is replaced by about the
/// nearest orthogonal matrix O through five steps of the Newton-Schulz iteration X = a X + (b A + c A^2) X with A = X X^T and
/// (a, b, c) = (3.4445, -4.7750, 2.0315); then w = (1 - lr decay) w - lr sqrt(max(1, rows / columns)) O. All other parameters use AdamW
/// with a learning rate of their own, which moves in proportion to that of the matrices.
/// </summary>
public sealed unsafe class Muon : Optimizer
{
    private const int NewtonSchulzSteps = 5;
    private const float LinearCoefficient = 3.4445f;
    private const float CubicCoefficient = -4.7750f;
    private const float QuinticCoefficient = 2.0315f;

    // Keeps a zero matrix at zero.
    private const double NormFloor = 1e-7;

    private readonly MuonOptions options;
    private readonly NativeBuffer scratch;
    private readonly double[] partials;

    /// <summary>Creates the optimizer.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range, two parameters share a name, or a tensor without two axes is to be orthogonalized.</exception>
    public Muon(IReadOnlyList<Parameter> parameters, MuonOptions? options = null, Workers? workers = null)
        : base(parameters, options ??= new MuonOptions { LearningRate = 0.02 }, workers)
    {
        this.options = options;
        long floats = 0;
        int blocks = 0;
        foreach (Parameter parameter in Parameters)
        {
            if (!IsOrthogonalized(parameter))
            {
                continue;
            }

            if (parameter.Shape.Rank != 2)
            {
                throw new ArgumentException($"Parameter '{parameter.Name}' of shape {parameter.Shape} is no matrix and cannot be orthogonalized.", nameof(options));
            }

            long side = Math.Min(parameter.Shape[0], parameter.Shape[1]);
            floats = Math.Max(floats, (2L * parameter.Length) + (2 * side * side));
            blocks = Math.Max(blocks, Kernels.CpuBackend.SquareSumBlocks(parameter.Length));
        }

        scratch = new NativeBuffer(floats * sizeof(float));
        partials = new double[blocks];
        Allocate();
    }

    private protected override string[] RolesOf(Parameter parameter) => IsOrthogonalized(parameter) ? ["momentum"] : ["first_moment", "second_moment"];

    private protected override void Update(Slot slot, double learningRate)
    {
        if (slot.States.Length == 2)
        {
            double ratio = options.LearningRate > 0 ? options.Others.LearningRate / options.LearningRate : 0;
            double decay = options.Others.WeightDecay * slot.WeightDecayFactor;
            AdamUpdate.Apply(Backend, slot.Parameter, slot.States[0], slot.States[1], options.Others, Steps, learningRate * ratio, decay, decoupled: true);
            return;
        }

        Parameter parameter = slot.Parameter;
        int rows = parameter.Shape[0], columns = parameter.Shape[1];
        float* direction = scratch.Floats;
        Backend.MomentumDirection(parameter.GradientPointer, slot.States[0].Floats, direction, parameter.Length, (float)options.Momentum, options.Nesterov);
        float* orthogonal = Orthogonalize(direction, rows, columns);
        double scale = Math.Sqrt(Math.Max(1, rows / (double)Math.Max(1, columns)));
        Backend.AddScaled(
            parameter.Pointer, orthogonal, parameter.Length, (float)(1 - (learningRate * options.WeightDecay * slot.WeightDecayFactor)), (float)(-learningRate * scale));
    }

    private protected override void Release() => scratch.Dispose();

    private bool IsOrthogonalized(Parameter parameter) => options.Orthogonalizes?.Invoke(parameter) ?? parameter.Shape.Rank == 2;

    /// <summary>Newton-Schulz on x [rows, columns] in place or in the second half of the scratch memory; returns where the result is.</summary>
    private float* Orthogonalize(float* x, int rows, int columns)
    {
        int length = rows * columns;
        float* other = scratch.Floats + length;

        // The smaller Gram matrix: X X^T of a wide matrix, X^T X of a tall one, whose iteration multiplies from the right.
        bool tall = rows > columns;
        int side = Math.Min(rows, columns);
        float* gram = scratch.Floats + (2L * length);
        float* polynomial = gram + ((long)side * side);
        double norm = Math.Sqrt(Backend.SquareSum(x, length, partials));
        Backend.AddScaled(x, x, length, 0, (float)(1 / (norm + NormFloor)));
        for (int step = 0; step < NewtonSchulzSteps; step++)
        {
            Backend.MatMul(side, side, tall ? rows : columns, x, columns, tall, x, columns, !tall, gram, side, accumulate: false);
            Backend.MatMul(side, side, side, gram, side, false, gram, side, false, polynomial, side, accumulate: false);
            Backend.AddScaled(polynomial, gram, side * side, QuinticCoefficient, CubicCoefficient);
            if (tall)
            {
                Backend.MatMul(rows, columns, side, x, columns, false, polynomial, side, false, other, columns, accumulate: false);
            }
            else
            {
                Backend.MatMul(rows, columns, side, polynomial, side, false, x, columns, false, other, columns, accumulate: false);
            }

            Backend.AddScaled(other, x, length, 1, LinearCoefficient);
            float* swap = x;
            x = other;
            other = swap;
        }

        return x;
    }
}
