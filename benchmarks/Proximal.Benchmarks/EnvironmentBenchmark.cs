using System.Diagnostics;
using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Recipes;
using Proximal.Tensors;

namespace Proximal.Benchmarks;

/// <summary>Steps a second of the environments that recipes can name, as many copies together and as one alone.</summary>
internal static class EnvironmentBenchmark
{
    public static int Run(string[] arguments)
    {
        List<string> names = [];
        int copies = 8192, workerCount = 2;
        string? peer = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--copies" when i + 1 < arguments.Length:
                    copies = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                case "--workers" when i + 1 < arguments.Length:
                    workerCount = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                case "--peer" when i + 1 < arguments.Length:
                    peer = arguments[++i];
                    break;
                default:
                    names.Add(arguments[i]);
                    break;
            }
        }

        using Workers workers = new(workerCount);
        ComponentCatalog<IEnvironment> catalog = ControlCatalog.CreateDefault().Environments;
        if (names.Find(name => catalog.Find(name) is null) is { } unknown)
        {
            Console.Error.WriteLine($"no environment is named '{unknown}'; there are {string.Join(", ", catalog.Definitions.Select(definition => definition.Info.Key))}");
            return 2;
        }

        Console.WriteLine($"million steps a second        {copies} copies, 1 core   {workerCount} cores   bytes a step   one copy alone");
        foreach (ComponentDefinition<IEnvironment> definition in catalog.Definitions.Where(definition => names.Count == 0 || names.Contains(definition.Info.Key)))
        {
            IEnvironment environment = new ComponentChoice(definition).Create<IEnvironment>();
            (double one, double bytes) = Together(environment, copies, null);
            (double several, _) = Together(environment, copies, workers);
            string alone = environment is SingleEnvironment single ? string.Create(CultureInfo.InvariantCulture, $"{Alone(single) / 1e6,14:F2}") : "             -";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{definition.Info.Key,-28} {one / 1e6,20:F2} {several / 1e6,9:F2} {bytes,14:F0} {alone}"));
            if (peer is not null && definition.Info.Key == "cartpole")
            {
                double theirs = Peer(peer, copies);
                (double again, _) = Together(environment, copies, null);
                one = (one + again) / 2;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  NumPy, in the same minute {theirs / 1e6,22:F2}           ratio {one / theirs:F1} on 1 core, {several / theirs:F1} on {workerCount}"));
            }
        }

        return 0;
    }

    private static (double Rate, double Bytes) Together(IEnvironment environment, int copies, Workers? workers)
    {
        using VectorEnvironment vector = environment.CreateVector(copies, workers);
        StepBatch batch = vector.CreateBatch();
        int width = vector.Specification.Actions.Width, maskWidth = vector.Specification.MaskWidth;
        float[] actions = new float[copies * width];
        EpisodeRandom random = new(1);
        vector.Reset(1, batch);
        for (int i = 0; i < copies; i++)
        {
            Draw(vector.Specification, batch.ActionMasks.Slice(i * maskWidth, maskWidth), actions.AsSpan(i * width, width), ref random);
        }

        Advance();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        Advance();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        int repetitions = Math.Max(1, 100_000 / copies);
        double seconds = Measurement.Of(
            () =>
            {
                for (int i = 0; i < repetitions; i++)
                {
                    Advance();
                }
            },
            1).Best;
        return ((double)repetitions * copies / seconds, bytes);

        void Advance()
        {
            for (int i = 0; maskWidth > 0 && i < copies; i++)
            {
                ReadOnlySpan<bool> mask = batch.ActionMasks.Slice(i * maskWidth, maskWidth);
                if (!mask[(int)actions[i]])
                {
                    actions[i] = mask.IndexOf(true);
                }
            }

            vector.Step(actions, batch);
        }
    }

    private static double Alone(SingleEnvironment environment)
    {
        EnvironmentSpecification specification = environment.Specification;
        float[] observation = new float[specification.Observations.Width], action = new float[specification.Actions.Width];
        bool[] mask = new bool[specification.MaskWidth];
        EpisodeRandom random = new(1), episode = new(2);
        environment.Reset(episode, observation);
        Read();
        double seconds = Measurement.Of(Advance, 1).Best;
        return 10_000 / seconds;

        void Advance()
        {
            for (int i = 0; i < 10_000; i++)
            {
                StepOutcome outcome = environment.Step(action, observation);
                if (outcome.Terminated || outcome.Truncated)
                {
                    episode = episode.NextEpisode();
                    environment.Reset(episode, observation);
                    Read();
                }
                else if (mask.Length > 0)
                {
                    Read();
                }
            }
        }

        void Read()
        {
            if (mask.Length > 0)
            {
                environment.WriteActionMask(mask);
            }

            Draw(specification, mask, action, ref random);
        }
    }

    private static void Draw(EnvironmentSpecification specification, ReadOnlySpan<bool> mask, Span<float> action, ref EpisodeRandom random)
    {
        specification.Actions.Sample(ref random, action);
        if (mask.Length > 0 && action.Length == 1 && !mask[(int)action[0]])
        {
            action[0] = mask.IndexOf(true);
        }
    }

    private static double Peer(string file, int copies)
    {
        using Process process = Process.Start(new ProcessStartInfo("python3", [file, "env", copies.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output.Split(' ')[^1], CultureInfo.InvariantCulture);
    }
}
