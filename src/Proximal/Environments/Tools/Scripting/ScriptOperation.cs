namespace Proximal.Environments.Tools.Scripting;

/// <summary>What an instruction does; operands are on the stack, the result is put there.</summary>
internal enum ScriptOperation
{
    /// <summary>Counts a step.</summary>
    Step,

    /// <summary>Puts constant A.</summary>
    Constant,

    /// <summary>Puts global A.</summary>
    LoadGlobal,

    /// <summary>Takes global A.</summary>
    StoreGlobal,

    /// <summary>Puts local A.</summary>
    LoadLocal,

    /// <summary>Takes local A.</summary>
    StoreLocal,

    /// <summary>Goes to A.</summary>
    Jump,

    /// <summary>Takes a condition and goes to A when it is false.</summary>
    JumpUnless,

    /// <summary>Goes to A and keeps the condition when it is false, else drops it.</summary>
    And,

    /// <summary>Goes to A and keeps the condition when it is true, else drops it.</summary>
    Or,

    /// <summary>Takes a condition and puts it back, or fails when it is none.</summary>
    Condition,

    /// <summary>Takes an integer and puts it back, or fails when it is none.</summary>
    Integer,

    /// <summary>Negates a condition.</summary>
    Not,

    /// <summary>Negates an integer.</summary>
    Negate,

    /// <summary>Two operands, one value.</summary>
    Add,

    /// <summary>Two operands, one value.</summary>
    Subtract,

    /// <summary>Two operands, one value.</summary>
    Multiply,

    /// <summary>Two operands, one value, rounded down.</summary>
    Divide,

    /// <summary>Two operands, one value with the sign of the second.</summary>
    Remainder,

    /// <summary>Two operands, one condition.</summary>
    Equal,

    /// <summary>Two operands, one condition.</summary>
    NotEqual,

    /// <summary>Two operands, one condition.</summary>
    Less,

    /// <summary>Two operands, one condition.</summary>
    LessOrEqual,

    /// <summary>Two operands, one condition.</summary>
    Greater,

    /// <summary>Two operands, one condition.</summary>
    GreaterOrEqual,

    /// <summary>A list of A operands.</summary>
    List,

    /// <summary>List or text, index: the element.</summary>
    Index,

    /// <summary>List, index, value: the list with the value there.</summary>
    Replace,

    /// <summary>Calls built-in function A with B operands.</summary>
    BuiltIn,

    /// <summary>Calls function A with B operands.</summary>
    Call,

    /// <summary>Leaves a function with a value.</summary>
    Return,

    /// <summary>Drops a value.</summary>
    Drop,

    /// <summary>Prints a value.</summary>
    Print,

    /// <summary>Ends the program.</summary>
    End,
}
