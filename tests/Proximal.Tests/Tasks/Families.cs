using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

/// <summary>All procedural families by name, at a difficulty.</summary>
internal static class Families
{
    public static readonly string[] Golden = ["add", "mul", "mod", "lst", "rc", "cd", "sub", "kk", "maze", "zeb", "wp", "json"];

    public static readonly string[] All = [.. Golden, "moddag", "rc-full", "cd-raw", "lst-all", "mod-add", "chain-sum", "rewrite-thm", "kv-tool", "json-gen"];

    public static TheoryData<string> Names => [.. All];

    public static ProceduralTask Create(string name, int difficulty, ResponseStyle style = ResponseStyle.Reasoned, int template = 0, bool strict = true, int redundancy = 0)
    {
        ProceduralOptions common = new() { Difficulty = difficulty, Style = style, Template = template, Strict = strict, MaximumRedundancy = redundancy };
        return name switch
        {
            "add" => new AdditionTask(With(new AdditionOptions(), common)),
            "mul" => new MultiplicationTask(common),
            "mod" => new ModularChainTask(With(new ModularOptions(), common)),
            "moddag" => new ModularGraphTask(With(new ModularGraphOptions(), common)),
            "lst" => new ListTask(With(new ListOptions(), common)),
            "lst-all" => new ListTask(With(new ListOptions { Operations = ["sort", "rev", "max", "kth", "uniq"] }, common)),
            "rc" => new RandomCalculationTask(With(new RandomCalculationOptions(), common)),
            "rc-full" => new RandomCalculationTask(With(new RandomCalculationOptions { Full = true }, common)),
            "cd" => new CountdownTask(With(new CountdownOptions(), common)),
            "cd-raw" => new CountdownTask(With(new CountdownOptions { Raw = true, Maximum = 99 }, common with { Difficulty = Math.Min(difficulty, 3) })),
            "sub" => new SubsetSumTask(common),
            "kk" => new KnightsAndKnavesTask(common),
            "maze" => new MazeTask(common),
            "zeb" => new ZebraTask(common),
            "wp" => new WordProblemTask(With(new WordProblemOptions(), common)),
            "json" => new StructuredAnswerTask(common),
            "mod-add" => new ModularAdditionTask(With(new ModularAdditionOptions(), common with { Difficulty = 1 })),
            "chain-sum" => new ChainSumTask(With(new ChainSumOptions(), common with { Template = 0, Style = ResponseStyle.Reasoned })),
            "rewrite-thm" => new RewriteTask(With(new RewriteOptions(), common)),
            "json-gen" => new JsonObjectTask(With(new JsonObjectOptions(), common with { Difficulty = Math.Min(difficulty, 5) })),
            "kv-tool" => new KeyValueTask(With(new KeyValueOptions(), common with { Difficulty = Math.Min(difficulty, 3) })),
            _ => throw new ArgumentException(name),
        };
    }

    private static T With<T>(T options, ProceduralOptions common)
        where T : ProceduralOptions => options with
        {
            Difficulty = common.Difficulty,
            Style = common.Style,
            Template = common.Template,
            Strict = common.Strict,
            MaximumRedundancy = common.MaximumRedundancy,
        };
}
