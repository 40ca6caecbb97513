using Proximal.Benchmarks;

switch (args)
{
    case ["matmul", .. string[] rest]:
        MatrixProductBenchmark.Run(rest);
        return 0;
    case ["lm", .. string[] rest]:
        LanguageModelBenchmark.Run(rest);
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Proximal.Benchmarks -- matmul [peak|square|train|small] [--workers N] | lm [tiny|small|base] [--workers N]");
        return 2;
}
