using System.Globalization;
using Proximal.Tensors;
using Proximal.Tensors.Files;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>
/// The checkpoints of a run: folders named by stage and step, each a model in Hugging Face layout with optimizer and trainer state. A folder
/// is written under a temporary name and renamed when it is whole, so that a kill at any moment leaves the one before.
/// </summary>
internal sealed class CheckpointStore
{
    private const string StateFile = "trainer.json";
    private const string Unfinished = ".partial";

    private readonly RunFolder folder;
    private readonly int keep;

    public CheckpointStore(RunFolder folder, int keep)
    {
        this.folder = folder;
        this.keep = keep;
        foreach (string leftover in Directory.GetDirectories(folder.Checkpoints, "*" + Unfinished))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    /// <summary>The folder of the checkpoint with which policy optimization began: the reference model of a resumed run.</summary>
    public static string PolicyStart(RunFolder folder) => Path.Combine(folder.Checkpoints, Name(new RunPosition(TrainingStage.Policy, 0)));

    /// <summary>The newest checkpoint of a run, or null.</summary>
    public static string? Latest(RunFolder folder) => All(folder).LastOrDefault();

    /// <summary>The newest checkpoint, or null.</summary>
    public string? Latest() => Latest(folder);

    public static TrainerState ReadState(string checkpoint) => TrainerState.Read(Path.Combine(checkpoint, StateFile));

    /// <summary>Gives a component with a memory its state back.</summary>
    /// <exception cref="InvalidDataException">The checkpoint has no state of that name, or one of another component.</exception>
    public static void LoadComponent(string checkpoint, TrainerState state, string name, IStateful component)
    {
        try
        {
            component.Load(state.Components[name]);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or IndexOutOfRangeException)
        {
            string type = component.GetType().Name;
            throw new InvalidDataException($"{Path.Combine(checkpoint, StateFile)}: components.{name} is not the state of {type}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a checkpoint, where none of this position is there yet, and drops the oldest beyond the number to keep.</summary>
    public string Write(TrainingParts parts, IStageTrainer? trainer, TrainerState state)
    {
        string target = Path.Combine(folder.Checkpoints, Name(state.Position));
        if (File.Exists(Path.Combine(target, StateFile)))
        {
            // A position has one state, bit for bit. Replacing it by the same would leave a moment in which a kill takes both.
            return target;
        }

        string partial = target + Unfinished;
        AtomicFile.CreateFolder(partial);
        state.Components.Clear();
        if (trainer is not null)
        {
            foreach ((string name, Optimizer optimizer) in trainer.Optimizers)
            {
                OptimizerState.Write(OptimizerFile(partial, name), optimizer);
            }

            foreach ((string name, IReadOnlyList<Parameter> parameters) in trainer.Networks)
            {
                SafetensorsWriter.Write(NetworkFile(partial, name), parameters.Select(parameter => SafetensorsContent.FromTensor(parameter.Name, parameter)));
            }

            foreach ((string name, IStateful component) in trainer.Components)
            {
                Dictionary<string, double[]> values = new(StringComparer.Ordinal);
                component.Save(values);
                state.Components.Add(name, values);
            }
        }

        parts.SaveModels(partial);
        AtomicFile.Write(Path.Combine(partial, StateFile), state.Write);
        if (Directory.Exists(target))
        {
            Drop(target);
        }

        Directory.Move(partial, target);
        foreach (string old in All(folder).Where(name => name != PolicyStart(folder)).SkipLast(keep).ToArray())
        {
            Drop(old);
        }

        return target;
    }

    public static string OptimizerFile(string checkpoint, string name) => Path.Combine(checkpoint, $"optimizer.{name}.safetensors");

    public static string NetworkFile(string checkpoint, string name) => Path.Combine(checkpoint, $"{name}.safetensors");

    /// <summary>Deletes a checkpoint under a name that marks it as broken, so that a kill half-way leaves nothing that looks whole.</summary>
    private static void Drop(string checkpoint)
    {
        string dropped = checkpoint + ".old" + Unfinished;
        Directory.Move(checkpoint, dropped);
        Directory.Delete(dropped, recursive: true);
    }

    private static string Name(RunPosition position) =>
        $"{(int)position.Stage}-{position.Stage.ToString().ToLowerInvariant()}-{position.Step.ToString("D7", CultureInfo.InvariantCulture)}";

    /// <summary>Whole checkpoints, oldest first: the names sort by stage and step.</summary>
    private static IEnumerable<string> All(RunFolder folder) => !Directory.Exists(folder.Checkpoints) ? [] : Directory.EnumerateDirectories(folder.Checkpoints)
        .Where(name => !name.EndsWith(Unfinished, StringComparison.Ordinal) && File.Exists(Path.Combine(name, StateFile)))
        .Order(StringComparer.Ordinal);
}
