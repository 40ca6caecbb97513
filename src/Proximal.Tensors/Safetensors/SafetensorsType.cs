namespace Proximal.Tensors.Safetensors;

/// <summary>The element types of safetensors files.</summary>
public enum SafetensorsType
{
    /// <summary><c>BOOL</c>: one byte, 0 or 1.</summary>
    Boolean,

    /// <summary><c>U8</c></summary>
    UInt8,

    /// <summary><c>I8</c></summary>
    Int8,

    /// <summary><c>U16</c></summary>
    UInt16,

    /// <summary><c>I16</c></summary>
    Int16,

    /// <summary><c>F16</c>: IEEE 754 half precision.</summary>
    Float16,

    /// <summary><c>BF16</c>: the upper half of a 32-bit float.</summary>
    BFloat16,

    /// <summary><c>U32</c></summary>
    UInt32,

    /// <summary><c>I32</c></summary>
    Int32,

    /// <summary><c>F32</c></summary>
    Float32,

    /// <summary><c>U64</c></summary>
    UInt64,

    /// <summary><c>I64</c></summary>
    Int64,

    /// <summary><c>F64</c></summary>
    Float64,
}
