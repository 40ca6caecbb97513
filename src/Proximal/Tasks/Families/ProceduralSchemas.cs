using Proximal.Recipes;

namespace Proximal.Tasks.Families;

/// <summary>The options of the families as recipes name them.</summary>
internal static class ProceduralSchemas
{
    public static OptionSchema<ProceduralOptions> Plain { get; } = Common(() => new ProceduralOptions(), 6);

    public static OptionSchema<AdditionOptions> Addition { get; } = Common(() => new AdditionOptions(), 6)
        .Integer("minimum-carries", o => o.MinimumCarries, (o, v) => o with { MinimumCarries = v }, "Only problems with at least this many carries.", 0, 6);

    public static OptionSchema<ModularOptions> Modular { get; } = Common(() => new ModularOptions(), 30)
        .Integer("modulus", o => o.Modulus, (o, v) => o with { Modulus = v }, "The modulus m.", 3, 1000);

    public static OptionSchema<ModularGraphOptions> ModularGraph { get; } = Common(() => new ModularGraphOptions(), 14)
        .Integer("modulus", o => o.Modulus, (o, v) => o with { Modulus = v }, "The modulus m.", 3, 1000)
        .Integer("distractors", o => o.Distractors, (o, v) => o with { Distractors = v }, "How many variables nothing else uses.", 0, 10);

    public static OptionSchema<ListOptions> List { get; } = Common(() => new ListOptions(), 30)
        .TextList("operations", o => o.Operations, (o, v) => o with { Operations = v }, "The operations to draw from: sort, rev, max, kth, uniq.");

    public static OptionSchema<RandomCalculationOptions> RandomCalculation { get; } = Common(() => new RandomCalculationOptions(), 64)
        .Flag("full", o => o.Full, (o, v) => o with { Full = v }, "Fractions, squares, cubes and division instead of small integers.");

    public static OptionSchema<CountdownOptions> Countdown { get; } = Common(() => new CountdownOptions(), 6)
        .Integer("minimum", o => o.Minimum, (o, v) => o with { Minimum = v }, "The smallest number.", 1, 99)
        .Integer("maximum", o => o.Maximum, (o, v) => o with { Maximum = v }, "The largest number.", 1, 99)
        .Flag("raw", o => o.Raw, (o, v) => o with { Raw = v }, "Draw the target independently; some instances then have no solution.")
        .Choice(
            "thought", o => o.Thought, (o, v) => o with { Thought = v }, "What the chain of thought shows.",
            ("direct", CountdownThought.Direct), ("search", CountdownThought.Search), ("dots", CountdownThought.Dots), ("empty", CountdownThought.Empty))
        .Integer("wrong-attempts", o => o.WrongAttempts, (o, v) => o with { WrongAttempts = v }, "Failed attempts that a search shows.", 0, 8)
        .Flag("verification", Shows(CountdownBehaviours.Verification), Show(CountdownBehaviours.Verification), "A search says that a result is not the target.")
        .Flag("backtracking", Shows(CountdownBehaviours.Backtracking), Show(CountdownBehaviours.Backtracking), "A search gives up aloud.")
        .Flag("subgoal", Shows(CountdownBehaviours.Subgoal), Show(CountdownBehaviours.Subgoal), "A search announces the number that it aims for.")
        .Flag("backward-chaining", Shows(CountdownBehaviours.BackwardChaining), Show(CountdownBehaviours.BackwardChaining), "A search inverts the last operation.");

    public static OptionSchema<WordProblemOptions> WordProblem { get; } = Common(() => new WordProblemOptions(), 12)
        .Number("distractor-probability", o => o.DistractorProbability, (o, v) => o with { DistractorProbability = v }, "Probability of a sentence about somebody else after a step.", 0, 1)
        .Flag("perturb-name", o => o.PerturbName, (o, v) => o with { PerturbName = v }, "Another person in the same problem.")
        .Flag("perturb-object", o => o.PerturbObject, (o, v) => o with { PerturbObject = v }, "Other objects in the same problem.")
        .Flag("perturb-numbers", o => o.PerturbNumbers, (o, v) => o with { PerturbNumbers = v }, "Other numbers in the same problem.");

    public static OptionSchema<ModularAdditionOptions> ModularAddition { get; } = Common(() => new ModularAdditionOptions(), 1)
        .Integer("modulus", o => o.Modulus, (o, v) => o with { Modulus = v }, "The modulus m.", 5, 100_000);

    public static OptionSchema<ChainSumOptions> ChainSum { get; } = Common(() => new ChainSumOptions(), 9)
        .Number("loops", o => o.Loops, (o, v) => o with { Loops = v }, "Share of demonstrations that repeat their last two sums without an end.", 0, 1);

    public static OptionSchema<RewriteOptions> Rewrite { get; } = Common(() => new RewriteOptions(), RewriteRules.MaximumSteps)
        .Integer("length", o => o.Length, (o, v) => o with { Length = v }, "Letters of the string that a proof starts from.", 2, 8)
        .Number("preference", o => o.Preference, (o, v) => o with { Preference = v }, "How often a demonstration shows the preferred one of the shortest proofs.", 0, 1)
        .Flag("axiom", o => o.Axiom, (o, v) => o with { Axiom = v }, "The checker knows a rule x that turns any string into the goal.")
        .Number("axiom-share", o => o.AxiomShare, (o, v) => o with { AxiomShare = v }, "How often a demonstration shows the axiom.", 0, 1)
        .Flag("legality-gate", o => o.LegalityGate, (o, v) => o with { LegalityGate = v }, "A proof with the axiom scores 0.");

    public static OptionSchema<KeyValueOptions> KeyValue { get; } = Common(() => new KeyValueOptions(), 3)
        .Integer("keys", o => o.Keys, (o, v) => o with { Keys = v }, "Keys of the tables.", 10, KeyValueTables.MaximumKeys)
        .Flag("mixed", o => o.Mixed, (o, v) => o with { Mixed = v }, "Problems of 1 to 'difficulty' look-ups instead of exactly that many.")
        .Flag("one-world", o => o.OneWorld, (o, v) => o with { OneWorld = v }, "The same tables in all problems, which can be learnt by heart.");

    public static OptionSchema<AppOptions> App { get; } = Common(() => new AppOptions(), 3)
        .Flag("mixed", o => o.Mixed, (o, v) => o with { Mixed = v }, "Goals of difficulty 1 to 'difficulty' instead of exactly that.")
        .Number("careless", o => o.Careless, (o, v) => o with { Careless = v }, "How often a demonstration calls functions without reading their help first.", 0, 1);

    public static OptionSchema<ToolArithmeticOptions> ToolArithmetic { get; } = Common(() => new ToolArithmeticOptions(), 4)
        .Integer("operands", o => o.Operands, (o, v) => o with { Operands = v }, "The most operands of an expression.", 2, 5)
        .Text("operations", o => o.Operations, (o, v) => o with { Operations = v }, "The operations to draw from, some of +-*.")
        .Number("easy", o => o.Easy, (o, v) => o with { Easy = v }, "Share of problems with two operands of one digit, which need no tool.", 0, 1)
        .Number("stated", o => o.Stated, (o, v) => o with { Stated = v }, "Share of problems whose answer stands in the prompt.", 0, 1);

    public static OptionSchema<ToolProgramOptions> ToolPrograms { get; } = Common(() => new ToolProgramOptions(), 3)
        .TextList("kinds", o => o.Kinds, (o, v) => o with { Kinds = v }, "The kinds to draw from: primes, fibonacci, substrings, sort, gcd.")
        .Flag("program", o => o.Program, (o, v) => o with { Program = v }, "The answer is a program that defines f, judged by hidden tests.");

    public static OptionSchema<JsonObjectOptions> JsonObject { get; } = Common(() => new JsonObjectOptions(), 5)
        .Integer("words", o => o.Words, (o, v) => o with { Words = v }, "The most words of a text.", 1, 8);

    public static OptionSchema<PoliteSentenceOptions> PoliteSentence { get; } = new OptionSchema<PoliteSentenceOptions>(() => new PoliteSentenceOptions())
        .Integer("required", o => o.Required, (o, v) => o with { Required = v }, "How many of the four courtesies make a sentence right.", 1, PoliteGrammar.Courtesies)
        .Number("curt", o => o.Curt, (o, v) => o with { Curt = v }, "Share of the demonstrations with fewer courtesies than required.", 0, 1)
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Seed of the suite.", 0)
        .Rule(o => o.FindFault());

    public static OptionSchema<DigitCompletionOptions> DigitCompletion { get; } = new OptionSchema<DigitCompletionOptions>(() => new DigitCompletionOptions())
        .Integer("modulus", o => o.Modulus, (o, v) => o with { Modulus = v }, "The modulus m.", 2, 1000)
        .Number("held-out", o => o.HeldOut, (o, v) => o with { HeldOut = v }, "The share of prompts in the test split.", 0.01, 0.99)
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Seed of the split.", 0)
        .Flag("repeats", o => o.Repeats, (o, v) => o with { Repeats = v }, "A text that the list holds twice may be in both splits.")
        .Rule(o => o.FindFault());

    private static OptionSchema<T> Common<T>(Func<T> defaults, int maximumDifficulty)
        where T : ProceduralOptions => new OptionSchema<T>(defaults)
        .Integer("difficulty", o => o.Difficulty, (o, v) => o with { Difficulty = v }, "How hard the problems are.", 1, maximumDifficulty)
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Seed of the suite.", 0)
        .Choice(
            "style", o => o.Style, (o, v) => o with { Style = v }, "Form of the responses.",
            ("reasoned", ResponseStyle.Reasoned), ("unreasoned", ResponseStyle.Unreasoned), ("bare", ResponseStyle.Bare), ("json", ResponseStyle.Json))
        .Flag("strict", o => o.Strict, (o, v) => o with { Strict = v }, "Answers count only in responses of exactly the required form.")
        .Integer("redundancy", o => o.MaximumRedundancy, (o, v) => o with { MaximumRedundancy = v }, "Up to how many redundant blocks demonstrations append.", 0, 8)
        .Integer("template", o => o.Template, (o, v) => o with { Template = v }, "Number of the prompt template.", 0, PromptTemplate.All.Count - 1)
        .Flag("full-vocabulary", o => o.FullVocabulary, (o, v) => o with { FullVocabulary = v }, "Symbols of the whole suite, as hints need them.")
        .Rule(o => o.FindFault());

    private static Func<CountdownOptions, bool> Shows(CountdownBehaviours behaviour) => o => o.Behaviours.HasFlag(behaviour);

    private static Func<CountdownOptions, bool, CountdownOptions> Show(CountdownBehaviours behaviour) =>
        (o, shown) => o with { Behaviours = shown ? o.Behaviours | behaviour : o.Behaviours & ~behaviour };
}
