using Proximal.Benchmarks;

switch (args)
{
    case ["matmul", .. string[] rest]:
        MatrixProductBenchmark.Run(rest);
        return 0;
    case ["control-update", .. string[] rest]:
        ControlUpdateBenchmark.Run(rest);
        return 0;
    case ["lm", .. string[] rest]:
        LanguageModelBenchmark.Run(rest);
        return 0;
    case ["recipe", .. string[] rest]:
        RecipeBenchmark.Run(rest);
        return 0;
    case ["group"]:
        SharedPromptBenchmark.Run();
        return 0;
    case ["control-ppo", .. string[] rest]:
        ControlPpoBenchmark.Run(rest);
        return 0;
    case ["control-evidence", string recipe, string seeds, .. string[] overrides]:
        ControlEvidence.Run(recipe, seeds, overrides);
        return 0;
    case ["control-env", .. string[] rest]:
        return EnvironmentBenchmark.Run(rest);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Proximal.Benchmarks -- matmul [peak|square|train|small] [--workers N] | lm [tiny|small|base] [--workers N] | group | recipe [FILE] [SEEDS] | control-ppo [--workers N] | control-evidence RECIPE SEEDS [KEY=VALUE ...] | control-env [NAME...] [--copies N] [--workers N] [--peer FILE]");
        return 2;
}
