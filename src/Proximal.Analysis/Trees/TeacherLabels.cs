namespace Proximal.Analysis.Trees;

/// <summary>Labels of a teacher that does not always do the same: each is the action that it does most often in several runs.</summary>
public static class TeacherLabels
{
    /// <summary>Asks a teacher several times and keeps the most frequent action of every row, among equals the one with the lower index.</summary>
    /// <param name="teacher">Whom to ask.</param>
    /// <param name="inputs">[rows, features].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="actionCount">Number of actions.</param>
    /// <param name="runs">How often each row is asked, 1 or more.</param>
    /// <returns>The labels [rows].</returns>
    /// <exception cref="ArgumentException">The teacher chose an action that does not exist.</exception>
    public static int[] Mode(Teacher teacher, ReadOnlySpan<float> inputs, int rows, int actionCount, int runs)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actionCount, 1);
        int[] actions = new int[rows], votes = new int[checked(rows * actionCount)];
        for (int run = 0; run < runs; run++)
        {
            teacher(inputs, run, actions);
            for (int row = 0; row < rows; row++)
            {
                if ((uint)actions[row] >= (uint)actionCount)
                {
                    throw new ArgumentException($"The teacher chose the action {actions[row]}, expected 0 to {actionCount - 1}.", nameof(teacher));
                }

                votes[(row * actionCount) + actions[row]]++;
            }
        }

        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<int> own = votes.AsSpan(row * actionCount, actionCount);
            int best = 0;
            for (int action = 1; action < actionCount; action++)
            {
                best = own[action] > own[best] ? action : best;
            }

            actions[row] = best;
        }

        return actions;
    }

    /// <summary>
    /// How likely a label is wrong at most, for a teacher that does the best of two actions with some probability p: P(Binomial(n, p) &lt;= n / 2), where a draw counts
    /// as wrong. It falls to 0 with the number of runs for p above 1/2.
    /// </summary>
    /// <param name="runs">n.</param>
    /// <param name="probability">p, in [0, 1].</param>
    public static double ErrorBound(int runs, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected 0 to 1.");
        }

        if (probability is 0 or 1)
        {
            return 1 - probability;
        }

        double logChoose = 0, sum = 0;
        for (int right = 0; right <= runs / 2; right++)
        {
            sum += Math.Exp(logChoose + (right * Math.Log(probability)) + ((runs - right) * Math.Log(1 - probability)));
            logChoose += Math.Log((double)(runs - right) / (right + 1));
        }

        return Math.Min(1, sum);
    }
}
