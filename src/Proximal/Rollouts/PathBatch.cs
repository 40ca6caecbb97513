using Proximal.Tensors;

namespace Proximal.Rollouts;

/// <summary>
/// Rollouts as components see them: for every leaf the tokens from root to leaf, laid end to end without padding in flat columns. Paths of a
/// group (the rollouts of one prompt) are consecutive. A column has one number a token; prompt and observation tokens are there with mask 0.
/// </summary>
/// <remarks>
/// A batch is a window over shared storage: <see cref="Groups"/> gives a minibatch that writes through to the whole.
/// </remarks>
public sealed class PathBatch
{
    private readonly PathStorage storage;
    private readonly int firstGroup;
    private readonly int firstPath;
    private readonly int firstToken;
    private readonly int[] pathOffsets;
    private readonly int[] groupOffsets;
    private IReadOnlyList<Trajectory> trajectories = [];

    /// <summary>Lays out a batch; all columns start at zero.</summary>
    /// <param name="pathOffsets">First token of each path, then the number of tokens. [paths + 1]</param>
    /// <param name="groupOffsets">First path of each group, then the number of paths. [groups + 1]</param>
    /// <exception cref="ArgumentException">Offsets that do not start at 0 or that fall.</exception>
    public PathBatch(ReadOnlySpan<int> pathOffsets, ReadOnlySpan<int> groupOffsets)
    {
        Check(pathOffsets, nameof(pathOffsets));
        Check(groupOffsets, nameof(groupOffsets));
        if (groupOffsets[^1] != pathOffsets.Length - 1)
        {
            throw new ArgumentException($"Groups cover {groupOffsets[^1]} paths of {pathOffsets.Length - 1}.", nameof(groupOffsets));
        }

        this.pathOffsets = pathOffsets.ToArray();
        this.groupOffsets = groupOffsets.ToArray();
        storage = new PathStorage(pathOffsets[^1], pathOffsets.Length - 1, groupOffsets.Length - 1);
    }

    private PathBatch(PathBatch whole, int start, int end)
    {
        storage = whole.storage;
        firstGroup = whole.firstGroup + start;
        int pathStart = whole.groupOffsets[start], pathEnd = whole.groupOffsets[end];
        firstPath = whole.firstPath + pathStart;
        int tokenStart = whole.pathOffsets[pathStart];
        firstToken = whole.firstToken + tokenStart;
        pathOffsets = new int[pathEnd - pathStart + 1];
        for (int i = 0; i < pathOffsets.Length; i++)
        {
            pathOffsets[i] = whole.pathOffsets[pathStart + i] - tokenStart;
        }

        groupOffsets = new int[end - start + 1];
        for (int i = 0; i < groupOffsets.Length; i++)
        {
            groupOffsets[i] = whole.groupOffsets[start + i] - pathStart;
        }

        Seed = whole.Seed;
        Step = whole.Step;
        Update = whole.Update;
        ResponseBudget = whole.ResponseBudget;
        Steps = whole.Steps;
        LearningRate = whole.LearningRate;
        Filled = whole.Filled;
        trajectories = whole.trajectories;
    }

    /// <summary>Number of paths (leaves).</summary>
    public int PathCount => pathOffsets.Length - 1;

    /// <summary>Number of groups (prompts).</summary>
    public int GroupCount => groupOffsets.Length - 1;

    /// <summary>Number of tokens of all paths.</summary>
    public int TokenCount => pathOffsets[^1];

    /// <summary>First token of each path, then the number of tokens. [paths + 1]</summary>
    public ReadOnlySpan<int> PathOffsets => pathOffsets;

    /// <summary>First path of each group, then the number of paths. [groups + 1]</summary>
    public ReadOnlySpan<int> GroupOffsets => groupOffsets;

    /// <summary>Seed of the run, for components that draw.</summary>
    public ulong Seed { get; set; }

    /// <summary>Policy-optimization step, from 0.</summary>
    public int Step { get; set; }

    /// <summary>Update within the step, from 0.</summary>
    public int Update { get; set; }

    /// <summary>Steps of the whole stage, so that <c>Step / Steps</c> is the progress that schedules of components go by; 0 where there is no stage.</summary>
    public int Steps { get; set; }

    /// <summary>Learning rate of the coming update; 0 where there is none.</summary>
    public double LearningRate { get; set; }

    /// <summary>The most tokens a response could have had: L_max of constant-length aggregation and overlong shaping.</summary>
    public int ResponseBudget { get; set; }

    /// <summary>What the trainer computed beyond the log-probabilities of the policy: which of the columns below are filled.</summary>
    public Requirements Filled { get; set; }

    /// <summary>Token ids. [tokens]</summary>
    public Span<int> Tokens => storage.Tokens.AsSpan(firstToken, TokenCount);

    /// <summary>1 on tokens that the policy generated and that count, 0 elsewhere; probes count as the policy's. [tokens]</summary>
    public Span<float> Mask => Column(storage.Mask);

    /// <summary>1 on the tokens of probes: they stand in the policy's turns, and something else put them there. [tokens]</summary>
    public Span<float> Inserted => Column(storage.Inserted);

    /// <summary>Log-probability under the distribution that really produced the token. [tokens]</summary>
    public Span<float> Behaviour => Column(storage.Behaviour);

    /// <summary>Log-probability under the policy before the first update of this step. [tokens]</summary>
    public Span<float> Old => Column(storage.Old);

    /// <summary>Log-probability under the policy that is being updated. [tokens]</summary>
    public Span<float> Current => Column(storage.Current);

    /// <summary>Log-probability under the frozen reference; filled when a component requires it. [tokens]</summary>
    public Span<float> Reference => Column(storage.Reference);

    /// <summary>Entropy of the distribution of the policy being updated, in nats. [tokens]</summary>
    public Span<float> Entropy => Column(storage.Entropy);

    /// <summary>KL(policy || reference) over the vocabulary; filled when a component requires it. [tokens]</summary>
    public Span<float> FullDivergence => Column(storage.FullDivergence);

    /// <summary>Importance ratio of each token as the objective computed it for the last update; 0 before the first and where it computed none. [tokens]</summary>
    public Span<float> Ratio => Column(storage.Ratio);

    /// <summary>Why the objective changed the gradient of each token in the last update: bits of <see cref="Clipping.ClipMark"/>. [tokens]</summary>
    public Span<byte> Clipped => storage.Clipped.AsSpan(firstToken, TokenCount);

    /// <summary>Advantage of each token. [tokens]</summary>
    public Span<float> Advantage => Column(storage.Advantage);

    /// <summary>A second advantage of each token, for surrogates that blend the losses of two; 0 where an advantage writes none. [tokens]</summary>
    public Span<float> SecondAdvantage => Column(storage.SecondAdvantage);

    /// <summary>Weight in [0, 1] of the loss of <see cref="SecondAdvantage"/>, that of <see cref="Advantage"/> having the rest. [tokens]</summary>
    public Span<float> SecondWeight => Column(storage.SecondWeight);

    /// <summary>Factor that selection puts on each token's loss; starts at 1 where the mask is 1. [tokens]</summary>
    public Span<float> Weight => Column(storage.Weight);

    /// <summary>Reward given at each token, outcome included on the last policy token. [tokens]</summary>
    public Span<float> TokenReward => Column(storage.TokenReward);

    /// <summary>The critic's value of the state before each token, when the step began. [tokens]</summary>
    public Span<float> OldValues => Column(storage.OldValues);

    /// <summary>The critic's value of the state before each token, now. [tokens]</summary>
    public Span<float> Values => Column(storage.Values);

    /// <summary>Regression targets of the critic. [tokens]</summary>
    public Span<float> Returns => Column(storage.Returns);

    /// <summary>Total outcome reward. [paths]</summary>
    public Span<float> Rewards => storage.Rewards.AsSpan(firstPath, PathCount);

    /// <summary>The verifier's score, before any shaping: what dynamic sampling and statistics look at. [paths]</summary>
    public Span<float> Scores => storage.Scores.AsSpan(firstPath, PathCount);

    /// <summary>1 where a path hit the token budget before it ended by itself. [paths]</summary>
    public Span<float> Truncated => storage.Truncated.AsSpan(firstPath, PathCount);

    /// <summary>1 where another model than the one that learns generated the path, whose log-probabilities are then <see cref="Behaviour"/>. [paths]</summary>
    public Span<float> Foreign => storage.Foreign.AsSpan(firstPath, PathCount);

    /// <summary>Whether any path is another model's.</summary>
    public bool HasForeign => Foreign.ContainsAnyExcept(0f);

    /// <summary>1 where a path is cut at the end of a window and goes on in a later step: the value after it is not 0 but that of its last state. [paths]</summary>
    public Span<float> Unfinished => storage.Unfinished.AsSpan(firstPath, PathCount);

    /// <summary>Reward of the greedy rollout of each group; filled when a component requires it. [groups]</summary>
    public Span<float> GreedyRewards => storage.GreedyRewards.AsSpan(firstGroup, GroupCount);

    /// <summary>The matrix of the policy's output layer as it is; filled when a component requires it. [vocabulary, hidden]</summary>
    public Tensor? OutputWeights => storage.OutputWeights;

    /// <summary>The last hidden state, from which a token is predicted; filled on policy tokens when a component requires it. [hidden]</summary>
    /// <param name="token">Which token of this batch.</param>
    public ReadOnlySpan<float> Hidden(int token) => HiddenRow(token);

    /// <summary>The tokens of one path.</summary>
    public Range Path(int path) => pathOffsets[path]..pathOffsets[path + 1];

    /// <summary>The paths of one group.</summary>
    public Range Group(int group) => groupOffsets[group]..groupOffsets[group + 1];

    /// <summary>A window on consecutive groups: a minibatch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a range of groups.</exception>
    public PathBatch Groups(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, GroupCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
        return new PathBatch(this, start, end);
    }

    /// <summary>Whether the batch knows its trajectories.</summary>
    public bool HasTrajectories => trajectories.Count > 0;

    /// <summary>What a path is and what it earned: problem, text, verdict and reward terms, for components that look beyond the columns.</summary>
    /// <param name="path">Number of the path in this batch.</param>
    /// <exception cref="InvalidOperationException">The batch was laid out without trajectories.</exception>
    public Trajectory Trajectory(int path) => trajectories.Count > 0
        ? trajectories[firstPath + path]
        : throw new InvalidOperationException("This batch has columns only: it was laid out without trajectories.");

    /// <summary>Tells the batch of its trajectories, one a path.</summary>
    /// <exception cref="ArgumentException">Another number of trajectories than of paths.</exception>
    public void Attach(IReadOnlyList<Trajectory> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        trajectories = of.Count == PathCount
            ? of
            : throw new ArgumentException($"{of.Count} trajectories for {PathCount} paths.", nameof(of));
    }

    /// <summary>Takes up the output layer of a policy, and makes room for the hidden states.</summary>
    internal void SetOutputLayer(Tensor weights, int hiddenSize) => storage.SetOutputLayer(weights, hiddenSize);

    /// <summary>Where the hidden state of a token stands.</summary>
    internal Span<float> HiddenRow(int token) => storage.Hidden.AsSpan((firstToken + token) * storage.HiddenSize, storage.HiddenSize);

    /// <summary>Copies every column of one group, which has the same paths in both batches.</summary>
    /// <param name="source">Where it stands.</param>
    /// <param name="from">Its number there.</param>
    /// <param name="to">Its number here.</param>
    internal void CopyGroup(PathBatch source, int from, int to)
    {
        Range there = source.Group(from), here = Group(to);
        int tokens = source.pathOffsets[there.End] - source.pathOffsets[there.Start], paths = there.End.Value - there.Start.Value;
        storage.Copy(
            source.storage,
            (source.firstToken + source.pathOffsets[there.Start], firstToken + pathOffsets[here.Start], tokens),
            (source.firstPath + there.Start.Value, firstPath + here.Start.Value, paths),
            (source.firstGroup + from, firstGroup + to, 1));
    }

    /// <summary>Sets <see cref="Weight"/> to the mask: selection starts from everything.</summary>
    public void ResetWeights() => Mask.CopyTo(Weight);

    private static void Check(ReadOnlySpan<int> offsets, string name)
    {
        if (offsets.IsEmpty || offsets[0] != 0)
        {
            throw new ArgumentException("Offsets start at 0.", name);
        }

        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] < offsets[i - 1])
            {
                throw new ArgumentException($"Offset {i} falls from {offsets[i - 1]} to {offsets[i]}.", name);
            }
        }
    }

    private Span<float> Column(float[] column) => column.AsSpan(firstToken, TokenCount);
}
