using Proximal.Tensors.Random;

namespace Proximal.Control.Diffusion;

/// <summary>
/// How noise is added in K steps: x_k = sqrt(abar_k) x_0 + sqrt(1 - abar_k) e with normal e and abar_k = prod_{i&lt;=k} (1 - beta_i) (Ho et al. 2020).
/// Steps count from 1 to K; abar_0 = 1.
/// </summary>
public sealed class NoiseSchedule
{
    private readonly double[] betas;
    private readonly double[] products;

    private NoiseSchedule(double[] betas)
    {
        this.betas = betas;
        products = new double[betas.Length + 1];
        products[0] = 1;
        for (int i = 0; i < betas.Length; i++)
        {
            products[i + 1] = products[i] * (1 - betas[i]);
        }
    }

    /// <summary>Number of steps, K.</summary>
    public int Steps => betas.Length;

    /// <summary>beta_1 to beta_K.</summary>
    public ReadOnlySpan<double> Betas => betas;

    /// <summary>The squared cosine (Nichol and Dhariwal 2021): abar(t) = cos^2((t + s)/(1 + s) pi/2), beta_k = min(1 - abar(k/K)/abar((k-1)/K), largest).</summary>
    /// <param name="steps">K, 1 or more.</param>
    /// <param name="offset">s.</param>
    /// <param name="largest">The largest beta.</param>
    public static NoiseSchedule Cosine(int steps, double offset = 0.008, double largest = 0.999)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double Product(double time) => Math.Pow(Math.Cos((time + offset) / (1 + offset) * Math.PI / 2), 2);
        return new NoiseSchedule([.. Enumerable.Range(0, steps).Select(k => Math.Min(1 - (Product((k + 1.0) / steps) / Product((double)k / steps)), largest))]);
    }

    /// <summary>The variance-preserving schedule (Xiao et al. 2022, as in Diffusion-QL): beta_k = 1 - exp(-least/K - (largest - least)(2k - 1)/(2 K^2)).</summary>
    /// <param name="steps">K, 1 or more.</param>
    /// <param name="least">beta_min.</param>
    /// <param name="largest">beta_max.</param>
    public static NoiseSchedule VariancePreserving(int steps, double least = 0.1, double largest = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new NoiseSchedule(
            [.. Enumerable.Range(1, steps).Select(k => 1 - Math.Exp((-least / steps) - (0.5 * (largest - least) * ((2 * k) - 1) / ((double)steps * steps))))]);
    }

    /// <summary>abar_k, the share of the signal's variance that is left after k steps; 1 for k = 0.</summary>
    public double Product(int step) => products[step];

    /// <summary>Adds the noise of k steps: sqrt(abar_k) x + sqrt(1 - abar_k) e.</summary>
    /// <param name="step">k, 1 to K.</param>
    /// <param name="clean">x.</param>
    /// <param name="noise">e.</param>
    /// <param name="noisy">Receives as many numbers.</param>
    public void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> noisy)
    {
        float signal = (float)Math.Sqrt(products[step]), spread = (float)Math.Sqrt(1 - products[step]);
        for (int i = 0; i < clean.Length; i++)
        {
            noisy[i] = (signal * clean[i]) + (spread * noise[i]);
        }
    }

    /// <summary>
    /// One step of DDIM without noise (Song et al. 2021): x_k' = sqrt(abar_k') x0 + sqrt(1 - abar_k') e with x0 = (x_k - sqrt(1 - abar_k) e) / sqrt(abar_k)
    /// held within [-1, 1].
    /// </summary>
    /// <param name="step">k.</param>
    /// <param name="next">k' below k; 0 for the end.</param>
    /// <param name="sample">x_k; becomes x_k'.</param>
    /// <param name="noise">The predicted e.</param>
    public void DenoiseImplicitly(int step, int next, Span<float> sample, ReadOnlySpan<float> noise)
    {
        double signal = Math.Sqrt(products[step]), spread = Math.Sqrt(1 - products[step]), nextSignal = Math.Sqrt(products[next]), nextSpread = Math.Sqrt(1 - products[next]);
        for (int i = 0; i < sample.Length; i++)
        {
            double clean = Math.Clamp((sample[i] - (spread * noise[i])) / signal, -1, 1);
            sample[i] = (float)((nextSignal * clean) + (nextSpread * noise[i]));
        }
    }

    /// <summary>
    /// One step of DDPM: x_{k-1} drawn from the posterior N(c0 x0 + ck x_k, beta_k (1 - abar_{k-1})/(1 - abar_k)) with c0 = sqrt(abar_{k-1}) beta_k/(1 - abar_k),
    /// ck = sqrt(1 - beta_k)(1 - abar_{k-1})/(1 - abar_k) and x0 held within [-1, 1].
    /// </summary>
    /// <param name="step">k.</param>
    /// <param name="sample">x_k; becomes x_{k-1}.</param>
    /// <param name="noise">The predicted e.</param>
    /// <param name="random">Normal numbers of this step.</param>
    public void DenoiseAncestrally(int step, Span<float> sample, ReadOnlySpan<float> noise, in RandomStream random)
    {
        (double clean, double current, double deviation) = Posterior(step);
        double signal = Math.Sqrt(products[step]), spread = Math.Sqrt(1 - products[step]);
        for (int i = 0; i < sample.Length; i++)
        {
            double estimate = Math.Clamp((sample[i] - (spread * noise[i])) / signal, -1, 1);
            sample[i] = (float)((clean * estimate) + (current * sample[i]) + (step > 1 ? deviation * random.Normal(i) : 0));
        }
    }

    /// <summary>Weights of x_0 and x_k in the posterior's mean, and its standard deviation.</summary>
    /// <param name="step">k, 1 to K.</param>
    public (double Clean, double Current, double Deviation) Posterior(int step)
    {
        double beta = betas[step - 1], rest = 1 - products[step];
        return (
            Math.Sqrt(products[step - 1]) * beta / rest,
            Math.Sqrt(1 - beta) * (1 - products[step - 1]) / rest,
            Math.Sqrt(beta * (1 - products[step - 1]) / rest));
    }
}
