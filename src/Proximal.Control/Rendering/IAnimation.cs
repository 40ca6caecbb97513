namespace Proximal.Control.Rendering;

/// <summary>Frames that become a file.</summary>
internal interface IAnimation
{
    /// <summary>Number of frames.</summary>
    int Count { get; }

    /// <summary>What the next frame is drawn on.</summary>
    Canvas Canvas { get; }

    /// <summary>Adds what was drawn as a frame.</summary>
    void Add();

    /// <summary>Keeps every second frame, and the last.</summary>
    void Thin();

    /// <summary>Writes the file.</summary>
    void Write(Stream stream, TimeSpan delay);
}
