namespace Proximal.Recipes;

/// <summary>The type of an option in a recipe.</summary>
public enum OptionKind
{
    /// <summary>A real number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>One of a fixed list of names.</summary>
    Choice,

    /// <summary>A list of numbers.</summary>
    NumberList,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,

    /// <summary>A list of texts.</summary>
    TextList,
}
