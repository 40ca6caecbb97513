namespace Proximal.Tasks;

/// <summary>The form of a response of the procedural suites.</summary>
public enum ResponseStyle
{
    /// <summary><c>&lt;think&gt;steps&lt;/think&gt;&lt;ans&gt;answer&lt;/ans&gt;</c>.</summary>
    Reasoned,

    /// <summary>The same with an empty chain of thought.</summary>
    Unreasoned,

    /// <summary>The answer and nothing else, for the smallest models.</summary>
    Bare,

    /// <summary>A JSON object <c>{"steps":[..],"answer":..}</c>.</summary>
    Json,
}
