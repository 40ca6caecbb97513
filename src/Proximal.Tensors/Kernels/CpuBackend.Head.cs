using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <content>
/// Rows of logits as distributions. Lanes beyond the end of a row count as -infinity, and sums run over sixteen lanes and then through the tree of
/// <see cref="ILanes{TSelf}.Sum"/>, so that training and generation give a row the same bits.
/// </content>
internal sealed unsafe partial class CpuBackend
{
    /// <summary>Log-probabilities below this count as this, so that p log p is 0 where p is.</summary>
    public const float SmallestLogProb = -1e4f;

    /// <summary>Log-probability of one token and entropy, in nats, of the distribution that a row of logits is.</summary>
    /// <param name="logits">[count]</param>
    /// <param name="count">Length of the row.</param>
    /// <param name="token">The token.</param>
    /// <param name="logProb">log p(token).</param>
    /// <param name="entropy">-Σ p log p.</param>
    public void LogSoftmaxRow(float* logits, int count, int token, out float logProb, out float entropy)
    {
        LogSoftmaxStatistics statistics = new();
        HeadStatisticsWork work = new() { Columns = count, Logits = logits, Statistics = &statistics };
        Here(1, ref work);
        entropy = statistics.Entropy;
        logProb = (logits[token] - statistics.Maximum) - statistics.LogSum;
    }

    /// <summary>Maximum, log Σ exp(x - maximum) and entropy of each row.</summary>
    public void HeadStatistics(int rows, int columns, float* logits, LogSoftmaxStatistics* statistics)
    {
        HeadStatisticsWork work = new() { Columns = columns, Logits = logits, Statistics = statistics };
        ForRows(rows, 2 * columns, in work);
    }

    /// <summary>KL(p ‖ q) = Σ p (log p - log q) of each row.</summary>
    public void HeadDivergence(
        int rows, int columns, float* logits, LogSoftmaxStatistics* statistics, float* reference, LogSoftmaxStatistics* referenceStatistics, float* divergence)
    {
        HeadDivergenceWork work = new()
        {
            Columns = columns,
            Logits = logits,
            Statistics = statistics,
            Reference = reference,
            ReferenceStatistics = referenceStatistics,
            Divergences = divergence,
        };
        ForRows(rows, 2 * columns, in work);
    }

    /// <summary>
    /// The gradient of each row of logits: a·(1[k = token] - p_k) - b·p_k·(log p_k + H) + c·p_k·(log p_k - log q_k - KL), where a, b and c are the gradients of
    /// log-probability, entropy and divergence, null where there are none.
    /// </summary>
    public void HeadBackward(int rows, in LogSoftmaxGradients gradients)
    {
        HeadBackwardWork work = new() { G = gradients };
        ForRows(rows, 2 * gradients.Columns, in work);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LoadLogits<T>(float* row, int at, int columns)
        where T : struct, ILanes<T> =>
        at <= columns - ILanes<T>.Width
            ? T.Load(row + at)
            : T.Select(LaneMasks.Before<T>(columns - at), T.LoadCount(row + at, columns - at), T.Broadcast(float.NegativeInfinity));

    /// <summary>x - m, bounded below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Bounded<T>(T value)
        where T : struct, ILanes<T> => T.Max(T.Broadcast(SmallestLogProb), value);

    private struct HeadStatisticsWork : ILaneWork
    {
        public int Columns;
        public float* Logits;
        public LogSoftmaxStatistics* Statistics;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* logits = Logits + ((nint)row * Columns);
                T largest = T.Broadcast(float.NegativeInfinity);
                for (int i = 0; i < Columns; i += ILanes<T>.Width)
                {
                    largest = T.Max(LoadLogits<T>(logits, i, Columns), largest);
                }

                float maximum = T.MaxOf(largest);
                T maxima = T.Broadcast(maximum), sums = T.Zero, products = T.Zero;
                for (int i = 0; i < Columns; i += ILanes<T>.Width)
                {
                    T difference = Bounded(LoadLogits<T>(logits, i, Columns) - maxima);
                    T exponential = LaneMath.Exp(difference);
                    sums += exponential;
                    products = T.MultiplyAdd(exponential, difference, products);
                }

                float sum = T.Sum(sums), logSum = T.MaxOf(LaneMath.Log(T.Broadcast(sum)));
                Statistics[row] = new LogSoftmaxStatistics
                {
                    Maximum = maximum,
                    LogSum = logSum,
                    Entropy = MathF.Max(0f, logSum - (T.Sum(products) / sum)),
                };
            }
        }
    }

    private struct HeadDivergenceWork : ILaneWork
    {
        public int Columns;
        public float* Logits;
        public LogSoftmaxStatistics* Statistics;
        public float* Reference;
        public LogSoftmaxStatistics* ReferenceStatistics;
        public float* Divergences;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* logits = Logits + ((nint)row * Columns);
                float* reference = Reference + ((nint)row * Columns);
                T sums = T.Zero;
                for (int i = 0; i < Columns; i += ILanes<T>.Width)
                {
                    T logP = Statistics[row].LogProbs(LoadLogits<T>(logits, i, Columns));
                    T logQ = ReferenceStatistics[row].LogProbs(LoadLogits<T>(reference, i, Columns));
                    sums = T.MultiplyAdd(LaneMath.Exp(logP), logP - logQ, sums);
                }

                Divergences[row] = MathF.Max(0f, T.Sum(sums));
            }
        }
    }

    private struct HeadBackwardWork : ILaneWork
    {
        public LogSoftmaxGradients G;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                nint first = (nint)row * G.Columns;
                float logProb = G.LogProb == null ? 0f : G.LogProb[row];
                T chosen = T.Broadcast(logProb);
                T entropyGradient = T.Broadcast(G.Entropy == null ? 0f : G.Entropy[row]), entropy = T.Broadcast(G.Statistics[row].Entropy);
                T divergenceGradient = T.Broadcast(G.Divergence == null ? 0f : G.Divergence[row]);
                T divergence = T.Broadcast(G.Divergence == null ? 0f : G.Divergences[row]);
                for (int i = 0; i < G.Columns; i += ILanes<T>.Width)
                {
                    T logP = G.Statistics[row].LogProbs(LoadLogits<T>(G.Logits + first, i, G.Columns));
                    T slope = T.Zero - chosen;
                    if (G.Entropy != null)
                    {
                        slope -= entropyGradient * (logP + entropy);
                    }

                    if (G.Divergence != null)
                    {
                        T logQ = G.ReferenceStatistics[row].LogProbs(LoadLogits<T>(G.Reference + first, i, G.Columns));
                        slope = T.MultiplyAdd(divergenceGradient, logP - logQ - divergence, slope);
                    }

                    T gradient = LaneMath.Exp(logP) * slope;
                    LanePart.Store(G.Target + first + i, gradient, G.Columns - i);
                }

                G.Target[first + G.Tokens[row]] += logProb;
            }
        }
    }
}
