namespace Proximal.Rollouts;

/// <summary>The arrays behind a <see cref="PathBatch"/> and its windows.</summary>
internal sealed class PathStorage(int tokens, int paths, int groups)
{
    public int[] Tokens { get; } = new int[tokens];

    public float[] Mask { get; } = new float[tokens];

    public float[] Behaviour { get; } = new float[tokens];

    public float[] Old { get; } = new float[tokens];

    public float[] Current { get; } = new float[tokens];

    public float[] Reference { get; } = new float[tokens];

    public float[] Entropy { get; } = new float[tokens];

    public float[] FullDivergence { get; } = new float[tokens];

    public float[] Advantage { get; } = new float[tokens];

    public float[] Weight { get; } = new float[tokens];

    public float[] TokenReward { get; } = new float[tokens];

    public float[] OldValues { get; } = new float[tokens];

    public float[] Values { get; } = new float[tokens];

    public float[] Returns { get; } = new float[tokens];

    public float[] Rewards { get; } = new float[paths];

    public float[] Scores { get; } = new float[paths];

    public float[] Truncated { get; } = new float[paths];

    public float[] GreedyRewards { get; } = new float[groups];
}
