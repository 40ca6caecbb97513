using System.CommandLine;
using Proximal.Cli.Control;
using Proximal.Cli.Terminals;
using Proximal.Control.Data;
using Proximal.Control.Environments;

namespace Proximal.Cli.Commands;

/// <summary>The options by which commands write a data set, with the returns that scores are measured by.</summary>
internal sealed class DatasetOutput
{
    private readonly Option<string> file = new("--out") { HelpName = "FILE", Description = "The data set to write, a .safetensors file.", Required = true };
    private readonly Option<string?> expert = new("--expert") { HelpName = "RUN", Description = "A run whose return is noted as that of an expert, for normalized scores." };
    private readonly Option<bool> json = new("--json") { Description = "Prints JSON for machines." };

    public void AddTo(Command command)
    {
        command.Options.Add(file);
        command.Options.Add(expert);
        command.Options.Add(json);
    }

    /// <summary>Opens the run of the expert; null where none is given.</summary>
    /// <exception cref="CommandFailure">It cannot act in the environment.</exception>
    public ActingRun? OpenExpert(ParseResult line, IEnvironment environment)
    {
        if (line.GetValue(expert) is not { } folder)
        {
            return null;
        }

        ActingRun run = ActingRun.Open(folder);
        run.RequireFit(environment);
        return run;
    }

    /// <summary>Notes the returns of chance and of the expert, writes the file and tells what it holds.</summary>
    public void Write(ParseResult line, Terminal terminal, OfflineDataset dataset, DatasetInformation information, IEnvironment environment, ActingRun? best)
    {
        DatasetBuilder builder = new(dataset.ObservationSpace, dataset.ActionSpace, information with
        {
            RandomReturn = ReturnOf.Random(environment, information.Seed),
            ExpertReturn = best is null ? null : ReturnOf.Policy(best.Policy, environment, information.Seed),
        });
        builder.Add(dataset, 0, dataset.Count);
        OfflineDataset noted = builder.ToDataset();
        string path = line.GetRequiredValue(file);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        DatasetFile.Save(noted, path);
        new DatasetReport(noted, null).Write(terminal, path, line.GetValue(json));
    }
}
