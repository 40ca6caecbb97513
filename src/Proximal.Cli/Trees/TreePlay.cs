using Proximal.Analysis.Trees;
using Proximal.Analysis.Verification;
using Proximal.Control.Environments;
using Proximal.Tensors.Random;

namespace Proximal.Cli.Trees;

/// <summary>Episodes with a tree or another policy.</summary>
internal static class TreePlay
{
    private const int MostNumbers = 50_000_000;

    /// <summary>A tree as the one who acts.</summary>
    public static Controller Controller(DecisionTree tree) => (batch, actions) =>
    {
        int width = tree.Features.Count;
        for (int copy = 0; copy < batch.Count; copy++)
        {
            actions[copy] = tree.Choose(batch.Observations.Slice(copy * width, width));
        }
    };

    /// <summary>The observations of one episode of every seed [rows, features], up to a bound.</summary>
    public static float[] Visited(Controller controller, IEnvironment environment, int episodes, ulong seed)
    {
        List<float> rows = [];
        Play(controller, environment, episodes, seed, (copy, before, _) =>
        {
            if (rows.Count + before.Length <= MostNumbers)
            {
                rows.AddRange(before);
            }
        });
        return [.. rows];
    }

    /// <summary>
    /// Counts how often a rule about the next observation holds. Every episode gives one sample, a step drawn uniformly among those that the rule is about, so that samples are
    /// independent; an episode without such a step gives none.
    /// </summary>
    /// <exception cref="CommandFailure">No episode has a step that the rule is about.</exception>
    public static Certificate Certify(DecisionTree tree, IEnvironment environment, CertificateRule rule, int episodes, ulong seed, double delta, double confidence)
    {
        int[] candidates = new int[episodes];
        bool[] held = new bool[episodes];
        Play(Controller(tree), environment, episodes, seed, (copy, before, after) =>
        {
            if (rule.IsAbout(before) && new RandomStream(seed, RandomPurpose.Evaluation, copy).Integer(candidates[copy]++, candidates[copy]) == 0)
            {
                held[copy] = rule.IsMet(after);
            }
        });
        int samples = candidates.Count(count => count > 0);
        return samples > 0
            ? new Certificate(Enumerable.Range(0, episodes).Count(copy => candidates[copy] > 0 && held[copy]), samples, delta, confidence)
            : throw new CommandFailure($"none of {episodes} episodes has a step that 'certificate.when' is about", "the rules name the conditions; --certificate N plays more episodes");
    }

    private delegate void StepObserver(int copy, ReadOnlySpan<float> before, ReadOnlySpan<float> after);

    /// <summary>Plays one episode on each of so many copies.</summary>
    private static void Play(Controller controller, IEnvironment environment, int episodes, ulong seed, StepObserver observer)
    {
        using VectorEnvironment copies = environment.CreateVector(episodes);
        StepBatch batch = copies.CreateBatch();
        int width = copies.Specification.Observations.Width, remaining = episodes;
        float[] actions = new float[episodes * copies.Specification.Actions.Width], before = new float[episodes * width];
        bool[] done = new bool[episodes];
        copies.Reset(seed, batch);
        while (remaining > 0)
        {
            batch.Observations.CopyTo(before);
            controller(batch, actions);
            copies.Step(actions, batch);
            for (int copy = 0; copy < episodes; copy++)
            {
                if (!done[copy])
                {
                    done[copy] = batch.Ended(copy);
                    remaining -= done[copy] ? 1 : 0;
                    observer(copy, before.AsSpan(copy * width, width), (done[copy] ? batch.FinalObservations : batch.Observations).Slice(copy * width, width));
                }
            }
        }
    }
}
