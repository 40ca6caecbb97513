namespace Proximal.Worlds.Knowledge;

/// <summary>What a turn of a search agent does.</summary>
public enum SearchActionKind
{
    /// <summary>Nothing that could be understood.</summary>
    Invalid,

    /// <summary>Asks the search engine.</summary>
    Search,

    /// <summary>Opens a document.</summary>
    Access,

    /// <summary>Says whether the last results are of use.</summary>
    Judge,

    /// <summary>Writes down what is known so far.</summary>
    Report,

    /// <summary>Answers, which ends the episode.</summary>
    Answer,
}
