// A task of one's own: sort four letters. The verifier gives credit for every letter in its place.
using Proximal.Objectives;
using Proximal.Optimizers;
using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tensors.Random;
using Proximal.Training;

Recipe recipe = new()
{
    Name = "sort-letters",
    Model = new() { Layers = 2, Width = 64, Heads = 4, Context = 16 },
    Task = ComponentChoice.Of(new SortLetters()),
    Evaluation = new() { Every = 0 },
    Supervised = new() { Steps = 30, Batch = 32 },
    Policy = ObjectivePresets.Grpo.CreateStage() with
    {
        Steps = 60,
        Prompts = 32,
        ResponseTokens = 6,
        Optimizer = new(OptimizerModule.AdamW, new AdamWSettings { LearningRate = 5e-4 }),
    },
};

string folder = Directory.CreateTempSubdirectory("proximal-").FullName;
using TrainingSession session = new(recipe, folder);
IReadOnlyList<EvaluationResult> evaluations = session.Run().Evaluations;
foreach (EvaluationResult evaluation in evaluations)
{
    Console.WriteLine($"{evaluation.Label,-16}  exact {evaluation.Exact,6:P1}   {evaluation.Answers[0].Prompt} {evaluation.Answers[0].Response}");
}

Directory.Delete(folder, recursive: true);
return evaluations[^1].Exact > evaluations[^2].Exact + 0.1 ? 0 : 1;

internal sealed class SortLetters : ITask
{
    public string Name => "sort-letters";

    public IReadOnlyList<string> Symbols { get; } = ["a", "b", "c", "d", "e", "f", ">"];

    // Split and index name the problem on every machine and thread. Every word belongs to one split: held-out words are never trained on.
    public TaskInstance Generate(TaskSplit split, long index)
    {
        RandomStream random = new(1, RandomPurpose.User, index, (int)split);
        string word = Enumerable.Range(0, 1000)
            .Select(draw => string.Concat(Enumerable.Range(4 * draw, 4).Select(i => (char)('a' + random.Integer(i, 6)))))
            .First(word => TaskSplits.Of(word) == split);
        return new() { Family = Name, Split = split, Index = index, Key = word, Prompt = word + ">", Answer = string.Concat(word.Order()) };
    }

    public Verdict Verify(TaskInstance instance, Response response)
    {
        bool correct = response.Ended && response.Text == instance.Answer;
        double inPlace = instance.Answer.Zip(response.Text).Count(pair => pair.First == pair.Second) / 5.0;
        return Verdict.Of(correct, response.Text) with { Score = correct ? 1 : inPlace };
    }

    public string Demonstration(TaskInstance instance) => instance.Answer;
}
