using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>Moments of softmax(z) that every scalar of a distribution follows from, from one pass of exponentials. Logits are shifted by their maximum.</summary>
internal readonly struct LogitMoments
{
    // exp(-800) is zero in double precision; a finite floor keeps 0 · z at zero where a logit is -∞.
    private const double Floor = -800;

    private readonly double maximum;
    private readonly double logSum;
    private readonly double mean;
    private readonly double meanSquare;
    private readonly double meanUnderSquare;

    private LogitMoments(double maximum, double sum, double sumZ, double sumZSquare, double sumSquare, double sumSquareZ)
    {
        this.maximum = maximum;
        logSum = Math.Log(sum);
        mean = sumZ / sum;
        meanSquare = sumZSquare / sum;
        CollisionProbability = sumSquare / (sum * sum);
        meanUnderSquare = sumSquareZ / (sum * sum);
    }

    public bool IsDistribution => double.IsFinite(logSum) && double.IsFinite(maximum);

    public double LogSumExp => maximum + logSum;

    public double Entropy => Math.Max(0, logSum - mean);

    public double Varentropy => Math.Max(0, meanSquare - (mean * mean));

    public double CollisionProbability { get; }

    public double ExpectedDiscriminator => (CollisionProbability * (Entropy - logSum)) + meanUnderSquare;

    public static LogitMoments Compute(ReadOnlySpan<float> logits)
    {
        float highest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            highest = MathF.Max(highest, logit);
        }

        Vector512<double> shift = Vector512.Create((double)highest), floor = Vector512.Create(Floor);
        Vector512<double> sum = default, sumZ = default, sumZSquare = default, sumSquare = default, sumSquareZ = default;
        ref float first = ref MemoryMarshal.GetReference(logits);
        int i = 0;
        for (; i <= logits.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector256<float> block = Vector256.LoadUnsafe(ref first, (nuint)i);
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(block);
            Vector512<double> z = Vector512.Max(Vector512.Create(low, high) - shift, floor);
            Vector512<double> e = Vector512.Exp(z);
            Vector512<double> ez = e * z;
            sum += e;
            sumZ += ez;
            sumZSquare += ez * z;
            sumSquare += e * e;
            sumSquareZ += e * ez;
        }

        double total = Vector512.Sum(sum), totalZ = Vector512.Sum(sumZ), totalZSquare = Vector512.Sum(sumZSquare);
        double totalSquare = Vector512.Sum(sumSquare), totalSquareZ = Vector512.Sum(sumSquareZ);
        for (; i < logits.Length; i++)
        {
            double z = Math.Max((double)logits[i] - highest, Floor);
            double e = Math.Exp(z);
            total += e;
            totalZ += e * z;
            totalZSquare += e * z * z;
            totalSquare += e * e;
            totalSquareZ += e * e * z;
        }

        return new LogitMoments(highest, total, totalZ, totalZSquare, totalSquare, totalSquareZ);
    }
}
