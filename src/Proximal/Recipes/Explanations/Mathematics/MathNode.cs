namespace Proximal.Recipes.Explanations.Mathematics;

/// <summary>A piece of a formula that was taken apart.</summary>
internal abstract record MathNode
{
    /// <summary>Whether it can be multiplied and divided, as a number, a variable or what stands in brackets.</summary>
    public virtual bool IsFactor => true;
}

/// <summary>A number.</summary>
internal sealed record NumberNode(string Text) : MathNode;

/// <summary>A variable, a function or another name.</summary>
internal sealed record NameNode(string Text) : MathNode;

/// <summary>A sum or a product over what stands below it.</summary>
internal sealed record LargeOperatorNode(string Text) : MathNode;

/// <summary>A sign between factors, or a bracket.</summary>
internal sealed record OperatorNode(string Text) : MathNode
{
    public override bool IsFactor => false;
}

/// <summary>Words.</summary>
internal sealed record TextNode(string Text) : MathNode
{
    public override bool IsFactor => false;
}

/// <summary>A gap between parts of a line.</summary>
internal sealed record SpaceNode : MathNode
{
    public override bool IsFactor => false;
}

/// <summary>A hair of space between a name and a factor.</summary>
internal sealed record ThinSpaceNode : MathNode
{
    public override bool IsFactor => false;
}

/// <summary>Pieces beside each other.</summary>
internal sealed record RowNode(IReadOnlyList<MathNode> Items) : MathNode;

/// <summary>A base with what stands below and above its right side; either may be null.</summary>
internal sealed record ScriptNode(MathNode Base, MathNode? Below, MathNode? Above) : MathNode;

/// <summary>A letter with a hat.</summary>
internal sealed record HatNode(MathNode Base) : MathNode;

/// <summary>A quotient.</summary>
internal sealed record FractionNode(MathNode Numerator, MathNode Denominator) : MathNode;

/// <summary>A square root.</summary>
internal sealed record RootNode(MathNode Body) : MathNode;
