namespace Proximal.Recipes.Explanations.Mathematics;

/// <summary>What a token of a formula is.</summary>
internal enum FormulaTokenKind
{
    /// <summary>Digits.</summary>
    Number,

    /// <summary>Letters.</summary>
    Name,

    /// <summary>Words between quotation marks.</summary>
    Quoted,

    /// <summary>A run of raised digits or signs, such as ⁻¹, in plain characters.</summary>
    Raised,

    /// <summary>A run of lowered digits, such as ₂, in plain characters.</summary>
    Lowered,

    /// <summary>Any other sign.</summary>
    Sign,
}

/// <summary>A token of a formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Gap">Spaces before it.</param>
internal readonly record struct FormulaToken(FormulaTokenKind Kind, string Text, int Gap);
