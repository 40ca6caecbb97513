namespace Proximal.Environments.Search;

/// <summary>The tags of turns and observations of search agents.</summary>
internal static class ActionTags
{
    public const string Search = "search", Access = "access", Judge = "judge", Report = "report", Answer = "answer", SubQuestion = "sub", Retrieve = "ret", Think = "think", Observation = "obs";

    public static string Open(string tag) => $"<{tag}>";

    public static string Close(string tag) => $"</{tag}>";

    public static string Wrap(string tag, string content) => $"<{tag}>{content}</{tag}>";

    /// <summary>Both texts of every tag.</summary>
    public static IEnumerable<string> Both(params IEnumerable<string> tags) => tags.SelectMany(tag => (string[])[Open(tag), Close(tag)]);
}
