using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>
/// Canonical responses as token trees. A share of them may answer another problem instead: noisy demonstrations teach the form of an answer
/// and the way to it, and leave policy optimization something to improve.
/// </summary>
internal sealed class Demonstrations(ITask task, ITokenizer tokenizer, int endOfSequence, double noise, int context)
{
    private readonly UniformPrompts prompts = new(task, RandomPurpose.Demonstrations);

    /// <summary>The demonstrations of a step.</summary>
    /// <exception cref="InvalidDataException">A demonstration is longer than the context.</exception>
    public IReadOnlyList<TokenTree> Next(ulong seed, int step, int count) => Create(seed, step, count).Trees;

    /// <summary>The demonstrations of a step as trajectories without reward, to be looked at.</summary>
    public RolloutBatch Describe(ulong seed, int step, int count)
    {
        (IReadOnlyList<TaskInstance> instances, TokenTree[] trees) = Create(seed, step, count);
        Trajectory[] trajectories = new Trajectory[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<int> tokens = trees[i].Segments[^1].Tokens;
            string response = tokenizer.Decode(tokens[..^1]);
            trajectories[i] = new Trajectory
            {
                Instance = instances[i],
                Tree = trees[i],
                Leaf = trees[i].Segments.Count - 1,
                Response = response,
                ResponseTokens = tokens.Length,
                ResponseBudget = context,
                End = EndReason.Finished,
                Verdict = task.Verify(instances[i], new Response(response, true)),
            };
        }

        return new RolloutBatch(trees, trajectories, context);
    }

    private (IReadOnlyList<TaskInstance> Instances, TokenTree[] Trees) Create(ulong seed, int step, int count)
    {
        IReadOnlyList<TaskInstance> instances = prompts.Next(seed, step, 0, count);
        RandomStream random = new(seed, RandomPurpose.Demonstrations, step, prompt: 1, rollout: 1);
        TokenTree[] trees = new TokenTree[count];
        for (int i = 0; i < count; i++)
        {
            TaskInstance shown = instances[i];
            if (count > 1 && random.Uniform(2 * i) < noise)
            {
                shown = instances[(i + 1 + random.Integer((2 * i) + 1, count - 1)) % count];
            }

            int[] prompt = tokenizer.EncodePrompt(instances[i].Prompt);
            int[] response = tokenizer.Encode(task.Demonstration(shown));
            if (prompt.Length + response.Length + 1 > context)
            {
                throw new InvalidDataException(
                    $"The demonstration for '{instances[i].Prompt}' takes {prompt.Length + response.Length + 1} tokens, more than the model's context of {context}.");
            }

            trees[i] = new TokenTree(prompt);
            TokenSegment segment = trees[i].Branch(0, SegmentOrigin.Teacher, response);
            segment.Append(endOfSequence, 0, 0);
            segment.End = EndReason.Finished;
        }

        return (instances, trees);
    }
}
