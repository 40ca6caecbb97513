using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Tensors.Files;

namespace Proximal.Control.Rendering;

/// <summary>Plays an episode and writes it as an animated picture that shows step and return.</summary>
public static class EpisodeRecorder
{
    private const int CaptionHeight = 16;

    /// <summary>Plays and records the first episode of a seed.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="controller">Chooses the actions of its one copy.</param>
    /// <param name="seed">Seed of the episode.</param>
    /// <param name="path">The file, replaced as a whole: an animated picture (<c>.gif</c>) or animated vector graphics (<c>.svg</c>).</param>
    /// <param name="options">Size and length; the defaults when null.</param>
    /// <param name="cancellation">Ends the episode early; no file is written.</param>
    /// <exception cref="ArgumentException">The file has another extension, or an option is outside its range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static RecordedEpisode Record(IEnvironment environment, Controller controller, ulong seed, string path, RecordingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(controller);
        options ??= new RecordingOptions();
        options.Validate();
        IAnimation animation = Path.GetExtension(path) switch
        {
            ".gif" => new RasterAnimation(options.Width, options.Height, CaptionHeight),
            ".svg" => new SvgAnimation(options.Width, options.Height, CaptionHeight),
            string other => throw new ArgumentException($"{path}: a recording ends in .gif or .svg, not in '{other}'.", nameof(path)),
        };

        using VectorEnvironment vector = environment.CreateVector(1);
        RecordedEpisode episode = Play(vector, controller, seed, animation, options, cancellation);
        AtomicFile.WriteBytes(path, Encode(animation, options));
        return episode with { Frames = animation.Count };
    }

    private static RecordedEpisode Play(VectorEnvironment vector, Controller controller, ulong seed, IAnimation animation, RecordingOptions options, CancellationToken cancellation)
    {
        StepBatch batch = vector.CreateBatch();
        float[] action = new float[vector.Specification.Actions.Width];
        string name = vector.Specification.Name;
        double sum = 0;
        int stride = 1;
        vector.Reset(seed, batch);
        AddFrame(vector, animation, Caption(name, 0, 0));

        // The last picture of an episode has to be drawn before the copy begins the next one, within the step.
        bool drawn = false;
        vector.EpisodeEnding = _ =>
        {
            Draw(vector, animation.Canvas);
            drawn = true;
        };
        for (int step = 1; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            controller(batch, action);
            vector.Step(action, batch);
            sum += batch.Rewards[0];
            bool last = batch.Ended(0) || step == options.MaximumSteps;
            if (drawn)
            {
                animation.Canvas.Caption(Caption(name, step, sum), Color.White, Color.Ink);
                animation.Add();
            }
            else if (last || step % stride == 0)
            {
                AddFrame(vector, animation, Caption(name, step, sum));
            }

            if (last)
            {
                return new RecordedEpisode(sum, step, batch.Ended(0), animation.Count);
            }

            if (animation.Count >= options.MaximumFrames)
            {
                animation.Thin();
                stride *= 2;
            }
        }
    }

    private static byte[] Encode(IAnimation animation, RecordingOptions options)
    {
        while (true)
        {
            using MemoryStream memory = new();
            animation.Write(memory, TimeSpan.FromSeconds(1 / options.FramesPerSecond));
            if (memory.Length <= options.MaximumBytes || animation.Count <= 2)
            {
                return memory.ToArray();
            }

            animation.Thin();
        }
    }

    private static void AddFrame(VectorEnvironment vector, IAnimation animation, string caption)
    {
        Draw(vector, animation.Canvas);
        animation.Canvas.Caption(caption, Color.White, Color.Ink);
        animation.Add();
    }

    private static void Draw(VectorEnvironment vector, Canvas canvas)
    {
        canvas.Clear(Color.White);
        vector.Draw(0, canvas);
    }

    private static string Caption(string name, int step, double sum) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}  step {step}  return {sum:0.##}");
}
