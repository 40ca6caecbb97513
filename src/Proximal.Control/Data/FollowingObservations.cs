namespace Proximal.Control.Data;

/// <summary>Data in which the observation after a step is that before the next one.</summary>
internal static class FollowingObservations
{
    /// <summary>
    /// Completes the transitions. The last step of a terminated episode keeps its own observation, whose value counts nothing; that of a truncated one is
    /// left out, and the step before it becomes the last.
    /// </summary>
    public static OfflineDataset Complete(DatasetBuilder builder, float[] observations, float[] actions, float[] rewards, bool[] terminated, bool[] truncated)
    {
        int width = builder.ObservationSpace.Width, actionWidth = builder.ActionSpace.Width;
        for (int i = 0; i < rewards.Length; i++)
        {
            bool last = i == rewards.Length - 1 || truncated[i];
            if (last && !terminated[i])
            {
                builder.EndTrajectory();
                continue;
            }

            int next = terminated[i] ? i : i + 1;
            builder.Add(observations.AsSpan(i * width, width), actions.AsSpan(i * actionWidth, actionWidth), rewards[i], observations.AsSpan(next * width, width), terminated[i], false);
        }

        return builder.ToDataset();
    }
}
