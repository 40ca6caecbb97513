using Proximal.Cli.Control;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Cli.Commands;

/// <summary>A run at a glance, of a language model or of control.</summary>
internal sealed class RunEntry
{
    private RunEntry(RunReader run, RunSummary? language, ControlSummary? control)
    {
        Run = run;
        Language = language;
        Control = control;
    }

    public RunReader Run { get; }

    /// <summary>What a run of a language model tells; null for another.</summary>
    public RunSummary? Language { get; }

    /// <summary>What a control run tells; null for another.</summary>
    public ControlSummary? Control { get; }

    public RunState State => Control?.State ?? Language!.State;

    /// <summary>Stage and step, with those of the whole where they are known.</summary>
    public string Step => Control is not null
        ? ControlText.Steps(Control)
        : $"{TrainingText.Name(Language!.Position.Stage)} {Readable.Count(Language.Position.Step)}{(Language.Steps is { } steps ? $"/{Readable.Count(steps)}" : "")}";

    /// <summary>The mean reward of the last step, or the mean return of the last episodes.</summary>
    public string Reward => Readable.Number(Control?.Return ?? Language!.Reward);

    public string Exact => Readable.Share(Language?.Exact ?? double.NaN);

    /// <summary>The last measurement: the share of right answers, or the mean return.</summary>
    public string HeldOut => Control is not null
        ? Readable.Number(Control.Evaluations is [.., { } last] ? last.Mean : double.NaN)
        : Readable.Share(Language!.Evaluations is [.., { } measured] ? measured.Exact : double.NaN);

    public double Seconds => Control?.Seconds ?? Language!.Seconds;

    /// <summary>Reads a run.</summary>
    /// <exception cref="InvalidDataException">A file of the run is damaged.</exception>
    public static RunEntry Read(RunReader run) => run.Folder.IsControlRun
        ? new(run, null, run.ReadControlSummary(ControlCatalog.CreateDefault()))
        : new(run, run.ReadSummary(Catalog.CreateDefault()), null);

    /// <summary>Writes measurements and curves.</summary>
    public void WriteResults(Terminal terminal)
    {
        if (Control is not null)
        {
            ControlResults.Write(terminal, Run, Control.Evaluations);
        }
        else
        {
            TrainingSummary.Write(terminal, Run, Language!.Evaluations);
        }
    }
}
