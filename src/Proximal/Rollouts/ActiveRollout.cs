using System.Text;
using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts;

/// <summary>An episode that is being rolled out, or that just ended.</summary>
/// <param name="instance">The problem.</param>
/// <param name="tree">The tree that it grows in.</param>
/// <param name="episode">The environment's side.</param>
/// <param name="random">Random numbers of its tokens.</param>
/// <param name="remaining">Tokens that it may still get.</param>
internal sealed class ActiveRollout(TaskInstance instance, TokenTree tree, IEpisode episode, RandomStream random, int remaining)
{
    public TaskInstance Instance { get; } = instance;

    public TokenTree Tree { get; } = tree;

    public IEpisode Episode { get; } = episode;

    public RandomStream Random { get; } = random;

    /// <summary>What the policy wrote in all turns.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>The turns that were taken.</summary>
    public List<TakenTurn> Turns { get; } = [];

    public int Remaining { get; set; } = remaining;

    public int Generated { get; set; }

    public int Leaf { get; set; }

    /// <summary>A segment with which the coming turn begins without being sampled; null for none.</summary>
    public TokenSegment? Opening { get; set; }

    public TokenSegment? Turn { get; set; }

    /// <summary>What the environment answered to that turn; null when the episode is over.</summary>
    public string? Observation { get; set; }

    /// <summary>The text of the probe in it; empty for none.</summary>
    public string Inserted { get; set; } = "";
}

/// <summary>A turn that the environment was told.</summary>
/// <param name="Parent">The segment below which its first segment grew.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsCut">Whether it was cut at the most tokens of a turn.</param>
/// <param name="Remaining">Tokens that the rollout could still get before it.</param>
/// <param name="Generated">Tokens that the rollout had before it.</param>
internal readonly record struct TakenTurn(int Parent, string Text, bool IsCut, int Remaining, int Generated);
