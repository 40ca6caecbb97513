using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>Word problems of d steps about one quantity, with optional distractors and perturbations of a fixed structure.</summary>
public sealed class WordProblemTask(WordProblemOptions options) : ProceduralTask("wp", options, "0123456789abcdefghijklmnopqrstuvwxyz .?+-*/=")
{
    private const int MaximumQuantityToMultiply = 100;
    private const int MaximumPerturbations = 10_000;

    private static readonly string[] Names = ["tom", "ana", "leo", "mia"];
    private static readonly string[] Things = ["apples", "coins", "books", "pens"];

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        string name = random.Pick(Names), thing = random.Pick(Things);
        int start = random.Range(2, 20), quantity = start;
        List<WordProblemStep> steps = [];
        for (int i = 0; i < options.Difficulty; i++)
        {
            steps.Add(DrawStep(random, quantity));
            quantity = steps[^1].Apply(quantity);
        }

        Story story = new(name, thing, start, steps);
        string key = $"wp|{Tell(story, [])}";
        SuiteRandom changes = new($"perturb|{key}", (ulong)options.Seed);
        return Perturb(story, changes) is { } told ? ToDraft(key, told, changes) : null;
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return AnswerText.JudgeInteger(instance.Answer, answer, Strict);
    }

    /// <inheritdoc/>
    private protected override bool? StepsHoldIn(TaskInstance instance, string thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return StepEquations.Hold(thought, instance.Answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) => ["track one quantity", "more = add", "times = multiply", "boxes = divide"];

    private static WordProblemStep DrawStep(SuiteRandom random, int quantity)
    {
        int kind = random.Int(4);
        if ((kind == 1 && quantity < 2) || (kind == 2 && quantity > MaximumQuantityToMultiply))
        {
            kind = 0;
        }

        int[] divisors = kind == 3 ? Divisors(quantity) : [];
        return kind switch
        {
            1 => new WordProblemStep(1, random.Range(1, quantity - 1)),
            2 => new WordProblemStep(2, random.Range(2, 3)),
            3 when divisors.Length > 0 => new WordProblemStep(3, random.Pick(divisors)),
            _ => new WordProblemStep(0, random.Range(1, 20)),
        };
    }

    private static int[] Divisors(int quantity) => [.. Enumerable.Range(2, 4).Where(divisor => quantity % divisor == 0)];

    private static string Tell(Story story, List<string> distractors)
    {
        List<string> sentences = [Invariant($"{story.Name} has {story.Start} {story.Thing}.")];
        for (int i = 0; i < story.Steps.Count; i++)
        {
            sentences.Add(story.Steps[i].Tell(story.Name));
            if (i < distractors.Count && distractors[i].Length > 0)
            {
                sentences.Add(distractors[i]);
            }
        }

        sentences.Add($"how many {story.Thing} does {story.Name} have?");
        return string.Join(' ', sentences);
    }

    private ProceduralDraft ToDraft(string key, Story story, SuiteRandom random)
    {
        List<string> distractors = [], work = [];
        int quantity = story.Start;
        foreach (WordProblemStep step in story.Steps)
        {
            work.Add(step.Work(quantity));
            quantity = step.Apply(quantity);
            distractors.Add(options.DistractorProbability > 0 && random.Double() < options.DistractorProbability ? Distractor(story, random) : "");
        }

        return new ProceduralDraft(key, Tell(story, distractors), Invariant($"{quantity}"), work);
    }

    private static string Distractor(Story story, SuiteRandom random) =>
        Invariant($"{Other(random, Names, story.Name)} has {random.Range(2, 20)} {Other(random, Things, story.Thing)}.");

    private static string Other(SuiteRandom random, string[] choices, string current) => random.Pick([.. choices.Where(choice => choice != current)]);

    /// <summary>The story with other names, objects or numbers, or null where the structure admits no other numbers.</summary>
    private Story? Perturb(Story story, SuiteRandom random)
    {
        string name = options.PerturbName ? Other(random, Names, story.Name) : story.Name;
        string thing = options.PerturbObject ? Other(random, Things, story.Thing) : story.Thing;
        if (!options.PerturbNumbers)
        {
            return story with { Name = name, Thing = thing };
        }

        for (int attempt = 0; attempt < MaximumPerturbations; attempt++)
        {
            int start = random.Range(2, 20);
            if (Renumber(story.Steps, start, random) is { } steps && (start != story.Start || !steps.SequenceEqual(story.Steps)))
            {
                return new Story(name, thing, start, steps);
            }
        }

        return null;
    }

    private static List<WordProblemStep>? Renumber(List<WordProblemStep> structure, int start, SuiteRandom random)
    {
        List<WordProblemStep> steps = [];
        int quantity = start;
        foreach (WordProblemStep step in structure)
        {
            int[] divisors = step.Kind == 3 ? Divisors(quantity) : [];
            if ((step.Kind == 1 && quantity < 2) || (step.Kind == 2 && quantity > MaximumQuantityToMultiply) || (step.Kind == 3 && divisors.Length == 0))
            {
                return null;
            }

            int amount = step.Kind switch
            {
                0 => random.Range(1, 20),
                1 => random.Range(1, quantity - 1),
                2 => random.Range(2, 3),
                _ => random.Pick(divisors),
            };
            steps.Add(new WordProblemStep(step.Kind, amount));
            quantity = steps[^1].Apply(quantity);
        }

        return steps;
    }

    private sealed record Story(string Name, string Thing, int Start, List<WordProblemStep> Steps);
}
