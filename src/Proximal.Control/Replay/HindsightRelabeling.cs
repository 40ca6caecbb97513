using Proximal.Control.Environments;

namespace Proximal.Control.Replay;

/// <summary>
/// Hindsight experience replay (Andrychowicz et al. 2017): a step is learned from as if a goal had been asked for that its episode reached later. With k
/// such goals for each true one, a share k/(k+1) of what is drawn is relabelled (k = 4 in the paper).
/// </summary>
public static class HindsightRelabeling
{
    /// <summary>The step whose reached goal is asked for: uniform among this one and those after it (the strategy <c>future</c>).</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="length">Steps of the episode.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not of the episode.</exception>
    public static int FutureStep(int step, int length, double uniform)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, length);
        return step + Math.Min((int)(uniform * (length - step)), length - step - 1);
    }

    /// <summary>Puts another goal into a transition and says what the step is worth then.</summary>
    /// <param name="layout">Where goals lie.</param>
    /// <param name="goal">The goal, as a later state of the episode reached it.</param>
    /// <param name="observation">The observation before the step; its goal is replaced.</param>
    /// <param name="nextObservation">The observation after the step; its goal is replaced.</param>
    /// <param name="reward">The rule of the environment.</param>
    public static StepOutcome Relabel(GoalLayout layout, ReadOnlySpan<float> goal, Span<float> observation, Span<float> nextObservation, GoalReward reward)
    {
        ArgumentNullException.ThrowIfNull(reward);
        goal.CopyTo(layout.DesiredIn(observation));
        goal.CopyTo(layout.DesiredIn(nextObservation));
        return reward(layout.AchievedBy(nextObservation), goal);
    }
}
