namespace Proximal.Environments.Tools;

/// <summary>How an episode with tools ends.</summary>
public enum ToolAnswerForm
{
    /// <summary>A turn without any tag is the answer, and the task reads that turn.</summary>
    Turn,

    /// <summary>The content of <c>&lt;answer&gt;..&lt;/answer&gt;</c> is the answer; a turn without a tag is invalid.</summary>
    Tag,
}
