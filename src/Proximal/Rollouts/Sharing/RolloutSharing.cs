namespace Proximal.Rollouts.Sharing;

/// <summary>How models that train side by side divide the rollouts of a step.</summary>
public enum RolloutSharing
{
    /// <summary>Each answers whole prompts of its share, so that a group is one model's; every one learns from all groups.</summary>
    Vertical,

    /// <summary>Each gives its share of the completions of every prompt, so that groups are mixed; every one learns from all groups.</summary>
    Horizontal,

    /// <summary>Each answers all prompts and learns from its own rollouts alone, as if the others were not there.</summary>
    None,
}
