using System.Xml.Linq;
using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Rendering;

namespace Proximal.Control.Tests.Rendering;

public sealed class EpisodeRecorderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("proximal-record").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_episode_of_cartpole_becomes_a_picture_with_a_frame_for_every_step_and_the_start()
    {
        string path = Path.Combine(folder, "cartpole.gif");
        RecordedEpisode episode = EpisodeRecorder.Record(new CartPole(), PushRight, 1, path);
        Assert.True(episode.Finished);
        Assert.Equal(episode.Steps, episode.Return);
        Assert.Equal(episode.Steps + 1, episode.Frames);
        List<Picture> frames = GifReader.Read(File.ReadAllBytes(path));
        Assert.Equal(episode.Frames, frames.Count);

        // The last frame shows the fallen pole, not the upright one of the episode that follows.
        Assert.InRange(Lean(frames[0]), -8, 8);
        Assert.InRange(Lean(frames[^1]), -40, -11);
    }

    [Fact]
    public void Long_episodes_are_thinned_and_large_files_too()
    {
        string path = Path.Combine(folder, "long.gif");
        RecordedEpisode episode = EpisodeRecorder.Record(new CartPole(), Balance, 1, path, new RecordingOptions { MaximumFrames = 40, MaximumBytes = 20_000 });
        Assert.Equal(500, episode.Steps);
        Assert.InRange(episode.Frames, 3, 40);
        Assert.InRange(new FileInfo(path).Length, 1000, 20_000);
    }

    [Fact]
    public void Vector_graphics_hold_a_group_for_every_frame()
    {
        string path = Path.Combine(folder, "cartpole.svg");
        RecordedEpisode episode = EpisodeRecorder.Record(new CartPole(), PushRight, 1, path);
        XElement svg = XDocument.Load(path).Root!;
        Assert.Equal(episode.Frames, svg.Elements().Count(element => element.Name.LocalName == "g"));
    }

    [Fact]
    public void Unknown_formats_are_refused_before_the_episode_is_played()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => EpisodeRecorder.Record(new CartPole(), PushRight, 1, Path.Combine(folder, "a.mp4")));
        Assert.Contains(".mp4", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void The_terminal_shows_lines_that_fit_it()
    {
        using VectorEnvironment vector = new CartPole().CreateVector(1);
        StepBatch batch = vector.CreateBatch();
        vector.Reset(1, batch);
        vector.Step([1], batch);
        StringWriter writer = new();
        vector.WriteText(0, writer);
        string[] lines = writer.ToString().TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 1, 80));
    }

    internal static void PushRight(StepBatch batch, Span<float> actions) => actions.Fill(1);

    internal static void Balance(StepBatch batch, Span<float> actions)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            Span<float> state = batch.Observations.Slice(4 * i, 4);
            actions[i] = state[2] + (0.5f * state[3]) + (0.02f * state[0]) + (0.05f * state[1]) > 0 ? 1 : 0;
        }
    }

    // How many columns the pole's middle at row 105 is to the right of its middle at row 160.
    private static double Lean(Picture frame) => Middle(frame, 105) - Middle(frame, 160);

    private static double Middle(Picture frame, int row) =>
        Enumerable.Range(0, frame.Width).Where(column => frame[column, row].Blue == Color.Amber.Blue).Average();
}
