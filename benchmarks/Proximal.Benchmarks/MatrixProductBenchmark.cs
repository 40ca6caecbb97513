using System.Globalization;
using Proximal.Tensors;
using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;

namespace Proximal.Benchmarks;

/// <summary>
/// Matrix products against the roof of the multiply-add units measured in the same run: by the wall clock (fastest repetition), and by
/// processor time, which other programs on the machine disturb less.
/// </summary>
internal static unsafe class MatrixProductBenchmark
{
    private static readonly (int M, int K, int N)[] TrainingShapes =
    [
        (4096, 128, 128), (4096, 128, 384), (4096, 384, 128), (2048, 384, 384), (2048, 384, 1024), (2048, 1024, 384), (1024, 768, 768), (1024, 768, 2048),
        (1024, 2048, 768), (512, 768, 2048), (1024, 768, 32000),
    ];

    private static readonly (int K, int N)[] Weights = [(128, 128), (128, 384), (384, 1024), (768, 2048), (2048, 768), (768, 32000)];

    public static void Run(string[] arguments)
    {
        int index = Array.IndexOf(arguments, "--workers");
        int[] workerCounts = index >= 0 && index + 1 < arguments.Length
            ? [int.Parse(arguments[index + 1], CultureInfo.InvariantCulture)]
            : [1, Math.Min(2, Environment.ProcessorCount)];
        string[] parts = [.. arguments.Where((argument, i) => index < 0 || (i != index && i != index + 1))];
        Print($"instruction set {InstructionSets.Widest}, fused {InstructionSets.HasFusedMultiplyAdd}");
        foreach (int count in workerCounts.Distinct())
        {
            using Workers workers = new(count);
            CpuBackend backend = new(workers);
            (double wall, double processor) = FusedMultiplyAddPeak.Measure(workers);
            Print($"\n{count} worker(s): multiply-add peak {wall:F1} GFLOPS by wall clock, {processor:F1} per thread by processor time");
            Print($"{"product",-34}{"GFLOPS",9}{"% peak",9}{"% by cpu",10}");
            Peak peak = new(wall, processor);
            bool Wanted(string part) => parts.Length == 0 || parts.Contains(part);
            if (Wanted("square"))
            {
                Square(backend, peak);
            }

            if (Wanted("train"))
            {
                Training(backend, peak);
            }

            if (Wanted("small"))
            {
                Small(backend, peak);
            }
        }
    }

    private static void Square(CpuBackend backend, Peak peak)
    {
        foreach (int size in new[] { 64, 128, 256, 512, 768, 1024, 2048 })
        {
            using NativeBuffer a = Buffer((long)size * size), b = Buffer((long)size * size), c = Buffer((long)size * size);
            for (int which = 0; which < 4; which++)
            {
                bool transposeA = (which & 1) != 0, transposeB = (which & 2) != 0;
                Measurement time = Measurement.Of(() =>
                    backend.MatMul(size, size, size, a.Floats, size, transposeA, b.Floats, size, transposeB, c.Floats, size, accumulate: false));
                Report($"square {size} A{(transposeA ? "T" : "")} B{(transposeB ? "T" : "")}", 2.0 * size * size * size, time, peak);
            }
        }
    }

    private static void Training(CpuBackend backend, Peak peak)
    {
        foreach ((int m, int k, int n) in TrainingShapes)
        {
            using NativeBuffer x = Buffer((long)m * k), weight = Buffer((long)k * n), y = Buffer((long)m * n);
            using PackedMatrix packed = new(k, n);
            double operations = 2.0 * m * k * n;
            Measurement pack = Measurement.Of(() => packed.Pack(backend.Workers, weight.Floats, k, transposed: true));
            Measurement forward = Measurement.Of(() => backend.MatMulPacked(m, x.Floats, k, packed, y.Floats, n, accumulate: false));
            Report($"{m} x {k} x {n} packed", operations, forward, peak);
            Measurement gradient = Measurement.Of(() => backend.MatMul(n, k, m, y.Floats, n, true, x.Floats, k, false, weight.Floats, k, accumulate: true));
            Report($"{m} x {k} x {n} dW", operations, gradient, peak);
            Print($"{"",-34}packing takes {pack.Best / forward.Best:P1} of the forward product");
        }
    }

    private static void Small(CpuBackend backend, Peak peak)
    {
        foreach ((int k, int n) in Weights)
        {
            foreach (int m in new[] { 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64 })
            {
                using NativeBuffer x = Buffer((long)m * k), weight = Buffer((long)k * n), y = Buffer((long)m * n);
                using PackedMatrix packed = new(k, n);
                packed.Pack(backend.Workers, weight.Floats, n, transposed: false);
                int repeats = Math.Max(1, 4_000_000 / (m * k * n));
                Measurement time = Measurement.Of(
                    () =>
                    {
                        for (int i = 0; i < repeats; i++)
                        {
                            backend.MatMulPacked(m, x.Floats, k, packed, y.Floats, n, accumulate: false);
                        }
                    },
                    seconds: 0.1);
                double bandwidth = (double)repeats * k * n * sizeof(float) / time.Best / 1e9;
                Report($"{m} x {k} x {n}", 2.0 * repeats * m * k * n, time, peak, $"{bandwidth,9:F1} GB/s of weights, {time.Best / repeats * 1e6,9:F2} us");
            }
        }
    }

    private static NativeBuffer Buffer(long count)
    {
        NativeBuffer buffer = new(count * sizeof(float));
        for (long i = 0; i < count; i++)
        {
            buffer.Floats[i] = (i % 17 - 8) / 16f;
        }

        return buffer;
    }

    private static void Report(string name, double operations, Measurement time, Peak peak, string more = "")
    {
        double wall = operations / time.Best / 1e9, processor = operations / time.Processor / 1e9;
        Print($"{name,-34}{wall,9:F1}{100 * wall / peak.Wall,9:F1}{100 * processor / peak.Processor,10:F1}{more}");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Peak(double Wall, double Processor);
}
