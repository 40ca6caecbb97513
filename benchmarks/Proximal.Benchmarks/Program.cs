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
    case ["components", .. string[] rest]:
        ComponentBenchmark.Run(rest);
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
    case ["control-adaptation", string recipe, string seeds, string iterations, .. string[] overrides]:
        ControlAdaptation.Run(recipe, seeds, int.Parse(iterations, System.Globalization.CultureInfo.InvariantCulture), overrides);
        return 0;
    case ["control-curves", string picture, string title, .. string[] tables]:
        ControlCurves.Run(picture, title, tables);
        return 0;
    case ["control-env", .. string[] rest]:
        return EnvironmentBenchmark.Run(rest);
    case ["search"]:
        SearchBenchmark.Run();
        return 0;
    case ["tower"]:
        TowerBenchmark.Run();
        return 0;
    case ["hvac", .. string[] rest]:
        HvacStudy.Run(rest);
        return 0;
    case ["hvac-models", string folder]:
        HvacStudy.Models(folder);
        return 0;
    case ["tools", .. string[] rest]:
        return ToolBenchmark.Run(rest);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Proximal.Benchmarks -- matmul [peak|square|train|small] [--workers N] | lm [tiny|small|base] [--workers N] | group | components [RECIPE] | recipe [FILE] [SEEDS] | control-ppo [--workers N] | control-evidence RECIPE SEEDS [KEY=VALUE ...] | control-adaptation RECIPE SEEDS ITERATIONS [KEY=VALUE ...] | control-curves PICTURE TITLE [NAME=]TABLE ... | hvac [--seeds 1-3] [--samples N] [--runs N] [--sequences N] [--horizon N] [--out FOLDER] | hvac-models FOLDER | search | tower | control-env [NAME...] [--copies N] [--workers N] [--peer FILE] | tools [--server COMMAND]");
        return 2;
}
