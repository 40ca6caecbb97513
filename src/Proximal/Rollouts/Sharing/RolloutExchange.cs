using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rewards;
using Proximal.Tasks;

namespace Proximal.Rollouts.Sharing;

/// <summary>
/// Gives each of several models the rollouts of all: its own as they are, those of the others through the bytes that they would send. Groups stand in the order
/// of the prompts; in a mixed group a model's own completions come first.
/// </summary>
/// <param name="sharing">Whether groups are one model's or mixed.</param>
/// <param name="tokenizer">The tokenizer of all models.</param>
/// <param name="turnEnds">Tokens that end a turn beside the end of the sequence.</param>
/// <param name="rewards">The reward terms of the recipe.</param>
/// <param name="responseBudget">The most tokens of a response.</param>
/// <param name="context">The longest sequence of the models.</param>
internal sealed class RolloutExchange(
    RolloutSharing sharing, ITokenizer tokenizer, int[] turnEnds, IReadOnlyList<WeightedReward> rewards, int responseBudget, int context) : IMetricSource
{
    private const int MostCompletions = 65_536;

    private readonly string[] terms = [.. rewards.Select(reward => reward.Name)];
    private long bytes;
    private long generated;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("sharing/bytes", bytes), ("sharing/bytes-per-token", (double)bytes / Math.Max(1, generated))];

    /// <summary>The rollouts of all models, for each of them.</summary>
    /// <param name="own">What each rolled out.</param>
    /// <exception cref="InvalidOperationException">Groups are to be mixed, and the models did not answer the same prompts.</exception>
    /// <exception cref="InvalidDataException">What a model sends is beyond what the others can take.</exception>
    public RolloutBatch[] Share(IReadOnlyList<RolloutBatch> own)
    {
        (bytes, generated) = (0, 0);
        TaskInstance[][] instances = [.. own.Select(Instances)];
        if (sharing == RolloutSharing.Horizontal && instances.Any(list => !list.Select(one => one.Key).SequenceEqual(instances[0].Select(one => one.Key))))
        {
            throw new InvalidOperationException("Groups are mixed of completions of several models, but these answered different prompts.");
        }

        TaskInstance[] prompts = sharing == RolloutSharing.Horizontal ? instances[0] : [.. instances.SelectMany(list => list)];
        byte[][][] sent = new byte[own.Count][][];
        for (int model = 0, first = 0; model < own.Count; model++)
        {
            sent[model] = Send(own[model], sharing == RolloutSharing.Horizontal ? 0 : first);
            first += sent[model].Length;
        }

        return [.. Enumerable.Range(0, own.Count).Select(model => sharing == RolloutSharing.Horizontal ? Mixed(own, sent, prompts, model) : Joined(own, sent, prompts, model))];
    }

    private static TaskInstance[] Instances(RolloutBatch batch) =>
        [.. Enumerable.Range(0, batch.Trees.Count).Select(group => batch.Trajectories[batch.Paths.GroupOffsets[group]].Instance)];

    private byte[][] Send(RolloutBatch batch, int firstPrompt)
    {
        byte[][] groups = new byte[batch.Trees.Count][];
        for (int group = 0; group < groups.Length; group++)
        {
            groups[group] = ExchangedGroup.From(firstPrompt + group, batch, group, terms).ToBytes();
            bytes += groups[group].Length;
        }

        generated += batch.Trees.Sum(tree => tree.Segments.Where(segment => segment.Origin.IsTrained()).Sum(segment => (long)segment.Tokens.Length));
        return groups;
    }

    /// <summary>All groups, each of one model.</summary>
    private RolloutBatch Joined(IReadOnlyList<RolloutBatch> own, byte[][][] sent, TaskInstance[] prompts, int receiver)
    {
        List<TokenTree> trees = [];
        List<Trajectory> trajectories = [];
        for (int model = 0; model < own.Count; model++)
        {
            if (model == receiver)
            {
                trees.AddRange(own[model].Trees);
                trajectories.AddRange(own[model].Trajectories);
                continue;
            }

            foreach (byte[] group in sent[model])
            {
                ExchangedGroup read = Receive(group, prompts.Length);
                trees.Add(read.Tree);
                trajectories.AddRange(Trajectories(read, prompts));
            }
        }

        return new RolloutBatch(trees, trajectories, responseBudget);
    }

    /// <summary>Each group with the completions of all models.</summary>
    private RolloutBatch Mixed(IReadOnlyList<RolloutBatch> own, byte[][][] sent, TaskInstance[] prompts, int receiver)
    {
        TokenTree[] trees = [.. own[receiver].Trees.Select(tree => tree.Copy())];
        List<Trajectory> trajectories = [];
        for (int group = 0; group < trees.Length; group++)
        {
            TokenTree tree = trees[group];
            trajectories.AddRange(own[receiver].Trajectories.Take(own[receiver].Paths.Group(group)).Select(trajectory => trajectory with { Tree = tree }));
            for (int model = 0; model < own.Count; model++)
            {
                if (model != receiver)
                {
                    ExchangedGroup read = Receive(sent[model][group], prompts.Length);
                    int shift = tree.Graft(read.Tree);
                    trajectories.AddRange(Trajectories(read, prompts).Select(trajectory => trajectory with { Tree = tree, Leaf = trajectory.Leaf + shift }));
                }
            }
        }

        return new RolloutBatch(trees, trajectories, responseBudget);
    }

    private ExchangedGroup Receive(byte[] group, int prompts) =>
        ExchangedGroup.Read(group, new ExchangeLimits(tokenizer.VocabularySize, context, prompts, MostCompletions, terms.Length));

    private IEnumerable<Trajectory> Trajectories(ExchangedGroup group, TaskInstance[] prompts)
    {
        foreach (ExchangedCompletion completion in group.Completions)
        {
            (string text, int tokens) = Response(group.Tree, completion.Leaf);
            Trajectory trajectory = new()
            {
                Instance = prompts[group.Prompt],
                Tree = group.Tree,
                Leaf = completion.Leaf,
                Response = text,
                ResponseTokens = tokens,
                ResponseBudget = responseBudget,
                End = completion.End,
                Verdict = completion.Verdict,
                Counters = completion.Counters,
                TurnRewards = completion.TurnRewards,
                IsForeign = true,
            };
            for (int term = 0; term < terms.Length; term++)
            {
                trajectory.AddReward(terms[term], completion.Rewards[term], rewards[term].Weight);
            }

            yield return trajectory;
        }
    }

    /// <summary>Text and number of the tokens that the model wrote.</summary>
    private (string Text, int Tokens) Response(TokenTree tree, int leaf)
    {
        List<int> path = [], text = [];
        tree.WritePath(leaf, path);
        int tokens = 0;
        foreach (TokenSegment segment in path.Select(index => tree.Segments[index]).Where(segment => segment.Origin.IsTrained()))
        {
            text.AddRange(ParallelRollouts.WithoutEnd(segment, turnEnds));
            tokens += segment.Tokens.Length;
        }

        return (tokenizer.Decode([.. text]), tokens);
    }
}
