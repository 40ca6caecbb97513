using Proximal.Recipes;
using Proximal.Tasks.Bandits;
using Proximal.Tasks.Corpora;
using Proximal.Tasks.Data;
using Proximal.Tasks.Families;
using Proximal.Tasks.Games;
using Proximal.Tasks.Knowledge;

namespace Proximal.Tasks;

/// <summary>The tasks that recipes can name.</summary>
public static class TaskModule
{
    /// <summary>Adds every task of this folder.</summary>
    public static void Register(ComponentCatalog<ITask> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(Define(
                "digit-completion",
                "Continue an arithmetic sequence modulo m.",
                "s_(i+1) = s_i + (b - a) mod m",
                ProceduralSchemas.DigitCompletion,
                o => new DigitCompletionTask(o)))
            .Add(Define(
                "addition",
                "Add two numbers of d digits.",
                "a + b",
                ProceduralSchemas.Addition,
                o => new AdditionTask(o)))
            .Add(Define(
                "multiplication",
                "Multiply two numbers of up to three digits.",
                "a b",
                ProceduralSchemas.Plain,
                o => new MultiplicationTask(o)))
            .Add(Define(
                "modular-chain",
                "A chain of d + 1 operations modulo m.",
                "y_i = (y_(i-1) op v_i) mod m",
                ProceduralSchemas.Modular,
                o => new ModularChainTask(o)))
            .Add(Define(
                "modular-graph",
                "Variables defined by earlier ones modulo m, some of them distractors.",
                "x_i = (x_j op x_k) mod m",
                ProceduralSchemas.ModularGraph,
                o => new ModularGraphTask(o)))
            .Add(Define(
                "modular-addition",
                "Add two numbers modulo m.",
                "(a + b) mod m",
                ProceduralSchemas.ModularAddition,
                o => new ModularAdditionTask(o)))
            .Add(Define(
                "chain-sum",
                "Running sums of d + 1 digits.",
                "s_i = s_(i-1) + x_i",
                ProceduralSchemas.ChainSum,
                o => new ChainSumTask(o)))
            .Add(Define(
                "tab-bandit",
                "B contexts of M arms: one letter is the whole response, some of the letters are right.",
                "y in {1..M}",
                BanditOptions.Schema,
                o => new BanditTask(o)))
            .Add(Define(
                "list",
                "Sort or reverse a list of d + 2 digits, or take its maximum, k-th smallest or distinct values.",
                "",
                ProceduralSchemas.List,
                o => new ListTask(o)))
            .Add(Define(
                "random-calculation",
                "Nested arithmetic of d operations.",
                "E_i = E_(i-1) op x_i",
                ProceduralSchemas.RandomCalculation,
                o => new RandomCalculationTask(o)))
            .Add(Define(
                "countdown",
                "Combine d + 1 numbers to reach a target.",
                "",
                ProceduralSchemas.Countdown,
                o => new CountdownTask(o)))
            .Add(Define(
                "knights-and-knaves",
                "Find out of d + 1 people who tells the truth.",
                "",
                ProceduralSchemas.Plain,
                o => new KnightsAndKnavesTask(o)))
            .Add(Define(
                "maze",
                "Cross a square maze.",
                "",
                ProceduralSchemas.Plain,
                o => new MazeTask(o)))
            .Add(Define(
                "subset-sum",
                "Find the one subset with a given sum.",
                "sum of x in S = t",
                ProceduralSchemas.Plain,
                o => new SubsetSumTask(o)))
            .Add(Define(
                "word-problem",
                "Word problems of d steps.",
                "",
                ProceduralSchemas.WordProblem,
                o => new WordProblemTask(o)))
            .Add(Define(
                "zebra",
                "Put values into houses so that all clues hold.",
                "",
                ProceduralSchemas.Plain,
                o => new ZebraTask(o)))
            .Add(Define(
                "polite-sentence",
                "Ask for something politely, in an exact grammar.",
                "courtesies / 4 if grammatical, 0 otherwise",
                ProceduralSchemas.PoliteSentence,
                o => new PoliteSentenceTask(o)))
            .Add(Define(
                "structured-answer",
                "Fill a JSON object from sentences.",
                "0.2 parse + 0.3 schema + 0.5 values",
                ProceduralSchemas.Plain,
                o => new StructuredAnswerTask(o)))
            .Add(Define(
                "rewrite-thm",
                "Rewrite one string into another by at most six named rules.",
                "s -> t",
                ProceduralSchemas.Rewrite,
                o => new RewriteTask(o)))
            .Add(Define(
                "kv-tool",
                "Look up a value through d hidden tables.",
                "f(g(k))",
                ProceduralSchemas.KeyValue,
                o => new KeyValueTask(o)))
            .Add(Define(
                "json-gen",
                "Write a specification of d fields as a JSON object.",
                "mean token F1 of the fields",
                ProceduralSchemas.JsonObject,
                o => new JsonObjectTask(o)))
            .Add(Define(
                "app-sim",
                "Reach a goal in a small app by commands whose arguments only its help tells.",
                "tests passed / tests",
                ProceduralSchemas.App,
                o => new AppTask(o)))
            .Add(Define(
                "tool-arithmetic",
                "Arithmetic with and without need of a calculator.",
                "n* in {0, 1} calls",
                ProceduralSchemas.ToolArithmetic,
                o => new ToolArithmeticTask(o)))
            .Add(Define(
                "tool-programs",
                "Values that a small program computes, or the program itself.",
                "n* = 1 call, or tests passed / tests",
                ProceduralSchemas.ToolPrograms,
                o => new ToolProgramTask(o)))
            .Add(Define(
                "search-world",
                "Answer questions of one to four hops about a generated world that only its documents tell of.",
                "R_k(... R_1(E))",
                SearchWorldOptions.Schema,
                o => new SearchWorldTask(o)))
            .Add(Define(
                "routed-kbs",
                "Answer questions whose steps are told by documents, tables or captions of pictures.",
                "R_k(... R_1(E))",
                RoutedTaskOptions.Schema,
                o => new RoutedTask(o)))
            .Add(Define(
                "corpus-search",
                "Questions about one's own documents, as JSON lines.",
                "",
                CorpusOptions.Schema,
                o => new CorpusTask(o)))
            .Add(Define(
                "tower-mini",
                "Decide what to do next in a game of tower defence.",
                "1/2 + V(a) - V(nothing)",
                TowerTaskOptions.Schema,
                o => new TowerTask(o)))
            .Add(Define(
                "jsonl",
                "A data set of JSON lines, such as GSM8K.",
                "",
                JsonlSchema.Options,
                o => new JsonlTask(o)));
    }

    /// <summary>A new catalog of all of them.</summary>
    public static ComponentCatalog<ITask> CreateCatalog()
    {
        ComponentCatalog<ITask> catalog = new(Seam.Tasks);
        Register(catalog);
        return catalog;
    }

    private static ComponentDefinition<ITask, TOptions> Define<TOptions>(string key, string summary, string formula, OptionSchema<TOptions> options, Func<TOptions, ITask> create)
        where TOptions : class => new(new ComponentInfo(key, Seam.Tasks, summary, formula, ""), options, create);
}
