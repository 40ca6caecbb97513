using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Selection;

/// <summary>
/// CAPO: before every update it predicts for each token what the coming optimizer step would do with that token alone (<see cref="OutputCurvature"/>), and leaves
/// out those whose shift of the objective or of the policy is not small. The moments of its model of Adam take in the mean gradient of the accepted tokens.
/// </summary>
public sealed class CurvatureSelection(CurvatureSelectionOptions options) : ISelection, IRequires, IMetricSource, IStateful
{
    private readonly OutputMoments moments = new(options.Beta1, options.Beta2);
    private readonly List<double> seenObjective = [];
    private readonly List<double> seenPolicy = [];
    private (double Objective, double Policy)? calibrated;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, CurvatureSelectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "capo",
            Seam.Selection,
            "Leaves out tokens that the coming optimizer step would move too far.",
            "m_{i,t} = 0 unless m_F < τ_F and |m_H| < τ_H,  m_H = η ⟨g, G⟩ + ½ η² A ((v·u)² - uᵀ(diag π - ππᵀ)u),  m_F = ½ η² (v·u)²,  v = e_a - π,  g = A v hᵀ,  u = G h",
            "Melo et al. 2025, Stabilizing Policy Gradients for Sample-Efficient Reinforcement Learning in LLM Reasoning")
        {
            Mechanism =
                "Few tokens are responsible for an update that goes too far: surprising ones, on which the gradient is large, and those along which the optimizer already " +
                "runs. A second-order model of the output layer alone, with the hidden states held fixed and Adam's own moments, predicts for each token how far the " +
                "coming step would shift objective and policy, and the token is masked where that is beyond a small interval. Larger learning rates and smaller batches " +
                "then no longer collapse; the same predictions, logged, rise before a collapse does.",
        },
        CurvatureSelectionOptions.Schema,
        options => new CurvatureSelection(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.OutputLayer;

    /// <inheritdoc/>
    public bool EveryUpdate => true;

    /// <summary>Share of rejected tokens, and mean and upper quantiles of both predictions over the tokens of the last update.</summary>
    public IEnumerable<(string Name, double Value)> Metrics { get; private set; } = [];

    /// <summary>Whether a token with these predictions is trained on.</summary>
    /// <param name="objective">m_H.</param>
    /// <param name="policy">m_F.</param>
    /// <param name="objectiveLimit">τ_H.</param>
    /// <param name="policyLimit">τ_F.</param>
    /// <param name="oneSided">Whether a negative m_H is refused.</param>
    public static bool Accepts(double objective, double policy, double objectiveLimit, double policyLimit, bool oneSided) =>
        policy < policyLimit && objective < objectiveLimit && (oneSided ? objective >= 0 : objective > -objectiveLimit);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The batch holds no output layer.</exception>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (double objectiveLimit, double policyLimit) = Limits(batch.Step);
        OutputModel model = new(batch, options.Top);

        // Before the first update Adam has no moments to predict with, and the gradient itself is of another size.
        bool isPredicted = !options.Adam || moments.Steps > 0;
        SortedDictionary<int, double[]> gradient = [];
        List<double> objectives = [], policies = [];
        int accepted = 0;
        for (int t = 0; t < batch.TokenCount; t++)
        {
            if (batch.Mask[t] == 0)
            {
                continue;
            }

            double advantage = batch.Advantage[t];
            model.Read(t);
            if (options.Adam)
            {
                moments.Direction(model.Rows, batch.Hidden(t), model.Score, advantage, model.Direction);
            }
            else
            {
                OutputCurvature.GradientDirection(batch.Hidden(t), model.Score, advantage, model.Direction);
            }

            (double objective, double policy) = OutputCurvature.Shifts(model.Probabilities, model.Score, model.Direction, advantage, batch.LearningRate);
            objectives.Add(objective);
            policies.Add(policy);
            if (Accepts(objective, policy, objectiveLimit, policyLimit, options.OneSided))
            {
                accepted++;
                model.AddGradient(t, advantage, gradient);
            }
            else
            {
                batch.Mask[t] = batch.Weight[t] = 0;
            }
        }

        if (accepted > 0)
        {
            foreach (double[] row in gradient.Values)
            {
                foreach (ref double value in row.AsSpan())
                {
                    value /= accepted;
                }
            }

            moments.Update(gradient);
        }

        if (batch.Step < options.CalibrationSteps && isPredicted)
        {
            // Tokens without advantage do not move: they say nothing about how far a step goes.
            seenObjective.AddRange(objectives.Where(value => value != 0).Select(Math.Abs));
            seenPolicy.AddRange(policies.Where(value => value != 0));
        }

        Metrics = Report(objectives, policies, accepted);
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        moments.Save(state);
        state["seen-objective"] = [.. seenObjective];
        state["seen-policy"] = [.. seenPolicy];
        state["limits"] = calibrated is null ? [] : [calibrated.Value.Objective, calibrated.Value.Policy];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        moments.Load(state);
        seenObjective.Clear();
        seenObjective.AddRange(state["seen-objective"]);
        seenPolicy.Clear();
        seenPolicy.AddRange(state["seen-policy"]);
        calibrated = state["limits"] is [double objective, double policy] ? (objective, policy) : null;
    }

    private static (string Name, double Value)[] Report(List<double> objectives, List<double> policies, int accepted)
    {
        if (objectives.Count == 0)
        {
            return [];
        }

        return
        [
            ("capo/rejected", 1 - ((double)accepted / objectives.Count)),
            ("capo/objective-mean", objectives.Average()),
            ("capo/objective-p95", Quantile([.. objectives.Select(Math.Abs)], 0.95)),
            ("capo/objective-p99", Quantile([.. objectives.Select(Math.Abs)], 0.99)),
            ("capo/policy-mean", policies.Average()),
            ("capo/policy-p95", Quantile([.. policies], 0.95)),
            ("capo/policy-p99", Quantile([.. policies], 0.99)),
        ];
    }

    private static double Quantile(double[] values, double at)
    {
        Array.Sort(values);
        return values[(int)Math.Min(values.Length - 1, at * values.Length)];
    }

    /// <summary>τ_H and τ_F at a step: none while they are calibrated.</summary>
    private (double Objective, double Policy) Limits(int step)
    {
        if (step < options.CalibrationSteps)
        {
            return (double.PositiveInfinity, double.PositiveInfinity);
        }

        if (calibrated is null && seenObjective.Count > 0 && seenPolicy.Count > 0)
        {
            calibrated = (Quantile([.. seenObjective], options.Quantile), Quantile([.. seenPolicy], options.Quantile));
            seenObjective.Clear();
            seenPolicy.Clear();
        }

        return calibrated ?? (options.ObjectiveLimit, options.PolicyLimit);
    }

    /// <summary>The output layer at one token after the other: which rows matter there, π and v on them.</summary>
    private sealed class OutputModel(PathBatch batch, int top)
    {
        private readonly Tensor weights = batch.OutputWeights
            ?? throw new InvalidOperationException("'capo' needs the output layer of the policy, and the batch holds none.");

        private double[] logits = [];
        private int[] order = [];
        private int[] rows = [];
        private double[] probabilities = [];
        private double[] score = [];
        private double[] direction = [];

        public ReadOnlySpan<int> Rows => rows;

        public ReadOnlySpan<double> Probabilities => probabilities;

        public ReadOnlySpan<double> Score => score;

        public Span<double> Direction => direction;

        public void Read(int token)
        {
            ReadOnlySpan<float> hidden = batch.Hidden(token), matrix = weights.Data;
            int vocabulary = matrix.Length / hidden.Length, action = batch.Tokens[token];
            Prepare(vocabulary);
            double largest = double.NegativeInfinity, total = 0;
            for (int row = 0; row < vocabulary; row++)
            {
                logits[row] = Dot(matrix.Slice(row * hidden.Length, hidden.Length), hidden);
                largest = Math.Max(largest, logits[row]);
            }

            for (int row = 0; row < vocabulary; row++)
            {
                logits[row] = Math.Exp(logits[row] - largest);
                total += logits[row];
            }

            if (rows.Length < vocabulary)
            {
                Choose(action);
            }

            for (int j = 0; j < rows.Length; j++)
            {
                probabilities[j] = logits[rows[j]] / total;
                score[j] = (rows[j] == action ? 1 : 0) - probabilities[j];
            }
        }

        /// <summary>Adds <c>A v hᵀ</c> of the token that was read last.</summary>
        public void AddGradient(int token, double advantage, SortedDictionary<int, double[]> gradient)
        {
            ReadOnlySpan<float> hidden = batch.Hidden(token);
            for (int j = 0; j < rows.Length; j++)
            {
                if (!gradient.TryGetValue(rows[j], out double[]? row))
                {
                    gradient.Add(rows[j], row = new double[hidden.Length]);
                }

                double factor = advantage * score[j];
                for (int i = 0; i < hidden.Length; i++)
                {
                    row[i] += factor * hidden[i];
                }
            }
        }

        private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                sum += (double)a[i] * b[i];
            }

            return sum;
        }

        private void Prepare(int vocabulary)
        {
            if (logits.Length == vocabulary)
            {
                return;
            }

            int count = Math.Min(vocabulary, top + 1);
            logits = new double[vocabulary];
            order = [.. Enumerable.Range(0, vocabulary)];
            rows = order[..count];
            probabilities = new double[count];
            score = new double[count];
            direction = new double[count];
        }

        /// <summary>The most probable rows; the sampled one takes the last place where it is not among them.</summary>
        private void Choose(int action)
        {
            order.AsSpan().Sort((a, b) => logits[a] == logits[b] ? a.CompareTo(b) : logits[b].CompareTo(logits[a]));
            order.AsSpan(0, rows.Length).CopyTo(rows);
            if (!rows.Contains(action))
            {
                rows[^1] = action;
            }
        }
    }
}
