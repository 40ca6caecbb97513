using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>
/// Canonical responses as token trees. A share of them may answer another problem instead: noisy demonstrations teach the form of an answer
/// and the way to it, and leave policy optimization something to improve. A share of the prompts may carry the answer as a hint and ask for its explanation,
/// which is then the demonstration: so a model learns what such a hint means.
/// </summary>
internal sealed class Demonstrations(ITask task, IEnvironment environment, ITokenizer tokenizer, int endOfSequence, double noise, double hints, int context) : IDemonstrations
{
    private readonly int[] turnEnds = ParallelRollouts.TurnEnds(environment, tokenizer);
    private readonly UniformPrompts prompts = new(task, RandomPurpose.Demonstrations);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A demonstration is longer than the context.</exception>
    public DemonstrationBatch Next(ulong seed, int step, int count)
    {
        (_, TokenTree[] trees, _, bool[] right) = Create(seed, step, count);
        return new DemonstrationBatch(trees, right);
    }

    /// <inheritdoc/>
    public RolloutBatch Describe(ulong seed, int step, int count)
    {
        (IReadOnlyList<TaskInstance> instances, TokenTree[] trees, IEpisode[] episodes, _) = Create(seed, step, count);
        Trajectory[] trajectories = new Trajectory[count];
        for (int i = 0; i < count; i++)
        {
            TokenSegment[] turns = [.. trees[i].Segments.Where(segment => segment.Origin == SegmentOrigin.Teacher)];
            string[] texts = Array.ConvertAll(turns, turn => tokenizer.Decode(turn.Tokens[^1] == endOfSequence ? turn.Tokens[..^1] : turn.Tokens));
            trajectories[i] = new Trajectory
            {
                Instance = instances[i],
                Tree = trees[i],
                Leaf = trees[i].Segments.Count - 1,
                Response = string.Concat(texts),
                ResponseTokens = turns.Sum(turn => turn.Tokens.Length),
                ResponseBudget = context,
                End = EndReason.Finished,
                Verdict = episodes[i].Judge() ?? task.Verify(instances[i], new Response(episodes[i].Answer ?? texts[^1], true)),
                Counters = episodes[i].Counters,
                TurnRewards = episodes[i].TurnRewards,
            };
        }

        return new RolloutBatch(trees, trajectories, context);
    }

    private (IReadOnlyList<TaskInstance> Instances, TokenTree[] Trees, IEpisode[] Episodes, bool[] Right) Create(ulong seed, int step, int count)
    {
        IReadOnlyList<TaskInstance> instances = prompts.Next(seed, step, 0, count);
        RandomStream random = new(seed, RandomPurpose.Demonstrations, step, prompt: 1, rollout: 1);
        RandomStream hintDraws = new(seed, RandomPurpose.Demonstrations, step, prompt: 1, rollout: 2);
        TokenTree[] trees = new TokenTree[count];
        IEpisode[] episodes = new IEpisode[count];
        bool[] right = new bool[count];
        for (int i = 0; i < count; i++)
        {
            TaskInstance shown = instances[i];
            if (count > 1 && random.Uniform(2 * i) < noise)
            {
                shown = instances[(i + 1 + random.Integer((2 * i) + 1, count - 1)) % count];
            }

            // The answer in the hint is that of the demonstration, be it right or wrong.
            bool hinted = hints > 0 && hintDraws.Uniform(i) < hints;
            string prompt = hinted ? TaskHints.Attach(instances[i].Prompt, TaskHints.FromAnswer(shown.Answer)) : instances[i].Prompt;
            episodes[i] = environment.Begin(shown);
            trees[i] = Play(prompt, shown, episodes[i]);
            right[i] = ReferenceEquals(shown, instances[i]);
        }

        return (instances, trees, episodes, right);
    }

    /// <summary>The turns of a right episode of one problem, with what the environment answers, below the prompt of another or the same.</summary>
    private TokenTree Play(string prompt, TaskInstance shown, IEpisode episode)
    {
        TokenTree tree = new(tokenizer.EncodePrompt(prompt));
        string? observation = null;
        int leaf = 0;
        foreach (string turn in environment.Demonstration(shown, task.Demonstration(shown)))
        {
            if (observation is not null)
            {
                leaf = tree.Branch(leaf, SegmentOrigin.Environment, tokenizer.Encode(observation)).Index;
            }

            TokenSegment segment = tree.Branch(leaf, SegmentOrigin.Teacher, tokenizer.Encode(turn));
            if (segment.Tokens.IsEmpty || !turnEnds.Contains(segment.Tokens[^1]))
            {
                segment.Append(endOfSequence, 0, 0);
            }

            segment.End = EndReason.Finished;
            leaf = segment.Index;
            observation = episode.Step(turn);
        }

        return tree.TokenCount <= context
            ? tree
            : throw new InvalidDataException($"The demonstration for '{prompt}' takes {tree.TokenCount} tokens, more than the model's context of {context}.");
    }
}
