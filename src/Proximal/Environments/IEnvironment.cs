using System.Collections.Immutable;
using Proximal.Tasks;

namespace Proximal.Environments;

/// <summary>Where a policy's text goes: the next observation, or the end. A single-turn task is an environment that ends after one step.</summary>
public interface IEnvironment
{
    /// <summary>What turns and observations are made of beyond the symbols of the task: a new vocabulary gets both.</summary>
    IReadOnlyList<string> Symbols => [];

    /// <summary>Texts that end a turn, as the end of the sequence does, where the vocabulary has one token for them; they stay in the text of the turn.</summary>
    IReadOnlyList<string> TurnEnds => [];

    /// <summary>The most tokens of one turn.</summary>
    int TurnTokens => int.MaxValue;

    /// <summary>What evaluations show of <see cref="IEpisode.Counters"/> beside their means.</summary>
    IReadOnlyList<CounterRatio> Ratios => [];

    /// <summary>Whether a second episode of a problem that is told the same turns answers the same, so that an episode can be gone back in.</summary>
    bool IsReplayable => true;

    /// <summary>How many turns of different episodes it answers best at one time: more than 1 where an answer waits for another process. Such episodes may be stepped from any thread.</summary>
    int Concurrency => 1;

    /// <summary>Starts an episode.</summary>
    IEpisode Begin(TaskInstance instance);

    /// <summary>The turns of an episode that ends with a right answer; only the answer where the environment has nothing to show.</summary>
    /// <param name="instance">The problem.</param>
    /// <param name="answer">A right response of the task.</param>
    IReadOnlyList<string> Demonstration(TaskInstance instance, string answer) => [answer];

    /// <summary>The turns of an episode without mistakes, where <see cref="Demonstration"/> may show some on purpose.</summary>
    /// <param name="instance">The problem.</param>
    /// <param name="answer">A right response of the task.</param>
    IReadOnlyList<string> RightTurns(TaskInstance instance, string answer) => Demonstration(instance, answer);
}

/// <summary>One episode of an environment.</summary>
public interface IEpisode
{
    /// <summary>What the task verifies when the episode is over; all that the policy wrote when null.</summary>
    string? Answer => null;

    /// <summary>Whether the episode ended because there was no turn left, and not by what the policy said.</summary>
    bool IsExhausted => false;

    /// <summary>What the episode counted, by name, such as look-ups or errors: metrics that earn nothing by themselves. An environment always counts under the same names.</summary>
    IReadOnlyDictionary<string, double> Counters => ImmutableDictionary<string, double>.Empty;

    /// <summary>
    /// What each turn of the policy was worth by itself, in order, such as whether it found something: the process rewards of methods that give credit by steps, which earn nothing elsewhere. Either
    /// one number a turn or none at all.
    /// </summary>
    IReadOnlyList<double> TurnRewards => [];

    /// <summary>Takes the policy's turn and answers with an observation, or null when the episode is over.</summary>
    string? Step(string action);

    /// <summary>Takes a turn that was cut at <see cref="IEnvironment.TurnTokens"/>. Without an observation the episode ends as truncated.</summary>
    string? StepCut(string action) => null;

    /// <summary>A copy that goes on by itself, as searches and branching rollouts need it; null where an episode cannot be copied.</summary>
    IEpisode? Clone() => null;

    /// <summary>The environment's own judgement of the state that the episode ended in; what the task says of <see cref="Answer"/> when null.</summary>
    Verdict? Judge() => null;
}
