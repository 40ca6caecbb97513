namespace Proximal.Control.Rendering;

/// <summary>How an episode is recorded.</summary>
public sealed record RecordingOptions
{
    /// <summary>Width of the picture in pixels, 64 to 1024.</summary>
    public int Width { get; init; } = 400;

    /// <summary>Height of the picture in pixels, 64 to 1024.</summary>
    public int Height { get; init; } = 300;

    /// <summary>Frames a second, 1 to 50.</summary>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>The most frames, 2 to 1000: of a longer episode every second, fourth, ... step is shown.</summary>
    public int MaximumFrames { get; init; } = 250;

    /// <summary>The most bytes of the file; frames are left out until it is smaller or has two of them.</summary>
    public long MaximumBytes { get; init; } = 4_000_000;

    /// <summary>The most steps, after which the recording ends although the episode goes on.</summary>
    public int MaximumSteps { get; init; } = 10_000;

    internal void Validate()
    {
        Check(nameof(Width), Width, 64, 1024);
        Check(nameof(Height), Height, 64, 1024);
        Check(nameof(FramesPerSecond), FramesPerSecond, 1, 50);
        Check(nameof(MaximumFrames), MaximumFrames, 2, 1000);
        Check(nameof(MaximumBytes), MaximumBytes, 1000, 1L << 31);
        Check(nameof(MaximumSteps), MaximumSteps, 1, 1_000_000);
    }

    private static void Check(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is outside {low} to {high}.");
        }
    }
}
