using Proximal.Models.Generation;

namespace Proximal.Rollouts.Sharing;

/// <summary>
/// The completions of one prompt by one model as they go to another: token ids, the log-probability under the generator of each token that it wrote, and what
/// each completion earned. A generated token takes <see cref="BytesPerToken"/> bytes, one of the prompt or of an observation half of it.
/// </summary>
/// <remarks>
/// The bytes, little endian: the letters <c>PXG2</c>; number and tokens of the prompt; the segments below it, each with parent, origin, end, tokens and, where
/// the model wrote them, log-probabilities; the completions, each with leaf, end, verdict, reward terms, counters and rewards of turns. Lists begin with their
/// length.
/// </remarks>
/// <param name="Prompt">Number of the prompt within the step.</param>
/// <param name="Tree">The prompt and its completions.</param>
/// <param name="Completions">One for each leaf that earned something.</param>
public sealed record ExchangedGroup(int Prompt, TokenTree Tree, IReadOnlyList<ExchangedCompletion> Completions)
{
    /// <summary>Bytes of a generated token: its id and its log-probability.</summary>
    public const int BytesPerToken = sizeof(int) + sizeof(float);

    /// <summary>A group of a batch.</summary>
    /// <param name="prompt">Number of the prompt within the step.</param>
    /// <param name="batch">The rollouts of the generator.</param>
    /// <param name="group">Which group of it.</param>
    /// <param name="terms">Names of the reward terms, in the order of the recipe.</param>
    public static ExchangedGroup From(int prompt, RolloutBatch batch, int group, IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(terms);
        Range paths = batch.Paths.Group(group);
        List<ExchangedCompletion> completions = [];
        for (int path = paths.Start.Value; path < paths.End.Value; path++)
        {
            Trajectory trajectory = batch.Trajectories[path];
            float[] rewards = [.. terms.Select(term => trajectory.Rewards[term])];
            completions.Add(new ExchangedCompletion(trajectory.Leaf, trajectory.End, trajectory.Verdict, rewards, trajectory.Counters)
            {
                TurnRewards = trajectory.TurnRewards,
            });
        }

        return new ExchangedGroup(prompt, batch.Trees[group], completions);
    }

    /// <summary>The group as bytes.</summary>
    public byte[] ToBytes() => ExchangedGroupFormat.Write(this);

    /// <summary>Reads a group that another model sent.</summary>
    /// <param name="bytes">The whole group and nothing else.</param>
    /// <param name="limits">What it may have at most.</param>
    /// <exception cref="InvalidDataException">The bytes are no group, or one beyond the limits.</exception>
    public static ExchangedGroup Read(ReadOnlySpan<byte> bytes, ExchangeLimits limits) => ExchangedGroupFormat.Read(bytes, limits);
}
