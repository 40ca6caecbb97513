using Proximal.Tensors.Random;

namespace Proximal.Tensors;

/// <summary>Random masks.</summary>
public static unsafe class DropoutOperations
{
    /// <summary>Sets elements to 0 with a probability and scales the others by 1 / (1 - probability) (Srivastava et al. 2014).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="probability">In [0, 1); 0 returns the tensor itself.</param>
    /// <param name="stream">Names the mask: the same stream gives the same mask. Every use in an update needs its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public static Tensor Dropout(this Tensor x, double probability, in RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(probability >= 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability must be in [0, 1).");
        }

        if (probability == 0)
        {
            return x;
        }

        Tape tape = Tape.Of(x);
        Tensor mask = tape.Empty(x.Shape);
        tape.Backend.DropoutMask(mask.Pointer, mask.Length, probability, in stream);
        return x.Multiply(mask);
    }
}
