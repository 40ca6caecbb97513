using System.Globalization;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Benchmarks;

/// <summary>Decisions a second of tower defence on one core: games of the expert, played again decision by decision with every observation written.</summary>
internal static class TowerBenchmark
{
    private const int Games = 8;

    public static void Run()
    {
        Console.WriteLine("decisions a second, one core   structured     pixels  action mask   no view   bytes a decision");
        List<(TowerLevel Level, TowerAction[][] Games)> all = [.. TowerLevels.All.Select(level => (level, Record(level)))];
        foreach ((TowerLevel level, TowerAction[][] games) in all)
        {
            Print(level.Name, [(level, games)]);
        }

        Print("all five", all);
    }

    private static void Print(string name, List<(TowerLevel Level, TowerAction[][] Games)> levels)
    {
        float[] structured = new float[TowerObservation.Length];
        byte[] pixels = new byte[TowerPixels.Length];
        bool[] mask = new bool[TowerChoices.Count];
        (double full, double bytes) = Rate(levels, world => TowerObservation.Write(world, structured));
        (double seen, _) = Rate(levels, world => TowerPixels.Write(world, pixels));
        (double masked, _) = Rate(levels, world => TowerChoices.WriteMask(world, mask));
        (double blind, _) = Rate(levels, _ => { });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-30} {full,10:N0} {seen,10:N0} {masked,12:N0} {blind,9:N0} {bytes,18:F1}"));
    }

    private static (double Rate, double Bytes) Rate(List<(TowerLevel Level, TowerAction[][] Games)> levels, Action<TowerWorld> observe)
    {
        TowerWorld world = new(levels[0].Level);
        long decisions = levels.Sum(level => level.Games.Sum(game => (long)game.Length));
        Play();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)decisions;
        return (decisions / Measurement.Of(Play, 0.5).Best, bytes);

        void Play()
        {
            foreach ((TowerLevel level, TowerAction[][] games) in levels)
            {
                for (int game = 0; game < games.Length; game++)
                {
                    world.Reset(level, (ulong)game);
                    observe(world);
                    foreach (TowerAction action in games[game])
                    {
                        world.Decide(action);
                        observe(world);
                    }
                }
            }
        }
    }

    private static TowerAction[][] Record(TowerLevel level)
    {
        TowerAction[][] games = new TowerAction[Games][];
        for (int game = 0; game < Games; game++)
        {
            TowerExpert expert = new();
            TowerWorld world = new(level, (ulong)game);
            expert.Begin(world, 1);
            List<TowerAction> actions = [];
            while (world.Running)
            {
                actions.Add(expert.Choose(world));
                world.Decide(actions[^1]);
            }

            games[game] = [.. actions];
        }

        return games;
    }
}
