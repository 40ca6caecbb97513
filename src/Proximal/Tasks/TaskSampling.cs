namespace Proximal.Tasks;

/// <summary>What tasks without an end share: how often they redraw, and how their lengths are estimated.</summary>
internal static class TaskSampling
{
    /// <summary>Draws after which a generator gives up: its knobs exclude (nearly) everything.</summary>
    public const int MaximumDraws = 200_000;

    private const int Samples = 64;

    /// <summary>The longest texts among the first training instances, with a quarter on top.</summary>
    public static TaskLengths EstimateLengths(ITask task)
    {
        int prompt = 0, response = 0;
        for (int i = 0; i < Samples; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            prompt = Math.Max(prompt, SuiteVocabulary.CountSymbols(instance.Prompt));
            response = Math.Max(response, SuiteVocabulary.CountSymbols(task.Demonstration(instance)));
        }

        return new TaskLengths(WithMargin(prompt), WithMargin(response));
    }

    private static int WithMargin(int length) => length + ((length + 3) / 4);
}
