using Proximal.Control.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Tests.Runs;

public sealed class FullDiskTests
{
    private static readonly ControlRecipe Tiny = ControlRecipe.Parse(
        """
        steps: 4096
        environment: cartpole
        algorithm: { name: ppo, rollout-steps: 64 }
        evaluation: { episodes: 2, every: 1000 }
        checkpoints: { every: 500 }
        """);

    [SmallDiskTheory]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(150)]
    [InlineData(300)]
    public void A_full_disk_is_told_in_one_line_and_the_run_goes_on_when_there_is_room(int kilobytes)
    {
        using TemporaryFolder folder = new();
        TinyControl.Train(Tiny, folder.File("whole"));
        using SmallDisk disk = new(kilobytes);
        string run = Path.Combine(disk.Path, "run");

        IOException exception = Assert.ThrowsAny<IOException>(() => TinyControl.Train(Tiny, run));
        Assert.Contains(run, exception.Message, StringComparison.Ordinal);
        Assert.Matches("disk is full|No space left", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.False(Directory.Exists(new RunFolder(run).Model));

        disk.Grow(8 << 10);
        TinyControl.Train(Tiny, run);
        TinyControl.AssertSame(folder.File("whole"), run);
    }
}
