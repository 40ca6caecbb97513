namespace Proximal.Tensors;

public unsafe partial class Tensor
{
    /// <summary>x + y, element by element with broadcasting.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => x.Add(y);

    /// <summary>x + c.</summary>
    public static Tensor operator +(Tensor x, float c) => x.Add(c);

    /// <summary>c + x.</summary>
    public static Tensor operator +(float c, Tensor x) => x.Add(c);

    /// <summary>x - y, element by element with broadcasting.</summary>
    public static Tensor operator -(Tensor x, Tensor y) => x.Subtract(y);

    /// <summary>x - c.</summary>
    public static Tensor operator -(Tensor x, float c) => x.Subtract(c);

    /// <summary>c - x.</summary>
    public static Tensor operator -(float c, Tensor x) => x.SubtractFrom(c);

    /// <summary>-x.</summary>
    public static Tensor operator -(Tensor x) => x.Negate();

    /// <summary>x y, element by element with broadcasting.</summary>
    public static Tensor operator *(Tensor x, Tensor y) => x.Multiply(y);

    /// <summary>c x.</summary>
    public static Tensor operator *(Tensor x, float c) => x.Multiply(c);

    /// <summary>c x.</summary>
    public static Tensor operator *(float c, Tensor x) => x.Multiply(c);

    /// <summary>x / y, element by element with broadcasting.</summary>
    public static Tensor operator /(Tensor x, Tensor y) => x.Divide(y);

    /// <summary>x / c.</summary>
    public static Tensor operator /(Tensor x, float c) => x.Divide(c);

    /// <summary>c / x.</summary>
    public static Tensor operator /(float c, Tensor x) => x.DivideInto(c);
}
