using Proximal.Tensors;

namespace Proximal.Rollouts;

/// <summary>The arrays behind a <see cref="PathBatch"/> and its windows.</summary>
internal sealed class PathStorage(int tokens, int paths, int groups)
{
    public int[] Tokens { get; } = new int[tokens];

    public float[] Mask { get; } = new float[tokens];

    public float[] Inserted { get; } = new float[tokens];

    public float[] Behaviour { get; } = new float[tokens];

    public float[] Old { get; } = new float[tokens];

    public float[] Current { get; } = new float[tokens];

    public float[] Reference { get; } = new float[tokens];

    public float[] Entropy { get; } = new float[tokens];

    public float[] FullDivergence { get; } = new float[tokens];

    public float[] Ratio { get; } = new float[tokens];

    public byte[] Clipped { get; } = new byte[tokens];

    public float[] Advantage { get; } = new float[tokens];

    public float[] SecondAdvantage { get; } = new float[tokens];

    public float[] SecondWeight { get; } = new float[tokens];

    public float[] Weight { get; } = new float[tokens];

    public float[] TokenReward { get; } = new float[tokens];

    public float[] OldValues { get; } = new float[tokens];

    public float[] Values { get; } = new float[tokens];

    public float[] Returns { get; } = new float[tokens];

    /// <summary>Hidden states, one row a token; empty until they are required. [tokens, hidden]</summary>
    public float[] Hidden { get; private set; } = [];

    public int HiddenSize { get; private set; }

    public Tensor? OutputWeights { get; private set; }

    public float[] Rewards { get; } = new float[paths];

    public float[] Scores { get; } = new float[paths];

    public float[] Truncated { get; } = new float[paths];

    public float[] Unfinished { get; } = new float[paths];

    public float[] Foreign { get; } = new float[paths];

    public float[] GreedyRewards { get; } = new float[groups];

    private float[][] TokenColumns => [Mask, Inserted, Behaviour, Old, Current, Reference, Entropy, FullDivergence, Ratio, Advantage, SecondAdvantage, SecondWeight, Weight, TokenReward, OldValues, Values, Returns];

    private float[][] PathColumns => [Rewards, Scores, Truncated, Unfinished, Foreign];

    /// <summary>Takes up the output layer of a policy, and makes room for the hidden states.</summary>
    public void SetOutputLayer(Tensor weights, int hiddenSize)
    {
        (OutputWeights, HiddenSize) = (weights, hiddenSize);
        long length = (long)tokens * hiddenSize;
        Hidden = Hidden.Length == length ? Hidden : new float[length];
    }

    /// <summary>Copies ranges of every column: where each begins there, where it begins here, and how long it is.</summary>
    public void Copy(PathStorage source, (int From, int To, int Length) tokens, (int From, int To, int Length) paths, (int From, int To, int Length) groups)
    {
        Array.Copy(source.Tokens, tokens.From, Tokens, tokens.To, tokens.Length);
        Array.Copy(source.Clipped, tokens.From, Clipped, tokens.To, tokens.Length);
        foreach ((float[] there, float[] here) in source.TokenColumns.Zip(TokenColumns))
        {
            Array.Copy(there, tokens.From, here, tokens.To, tokens.Length);
        }

        foreach ((float[] there, float[] here) in source.PathColumns.Zip(PathColumns))
        {
            Array.Copy(there, paths.From, here, paths.To, paths.Length);
        }

        Array.Copy(source.GreedyRewards, groups.From, GreedyRewards, groups.To, groups.Length);
    }
}
