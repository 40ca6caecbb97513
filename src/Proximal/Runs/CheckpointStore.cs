using System.Globalization;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>The checkpoints of a run, named by stage and step: each a model in Hugging Face layout with optimizer and trainer state.</summary>
internal sealed class CheckpointStore(RunFolder folder, int keep)
{
    private readonly CheckpointFolders folders = new(folder, keep, permanent: Name(new RunPosition(TrainingStage.Policy, 0)));

    /// <summary>The folder of the checkpoint with which policy optimization began: the reference model of a resumed run.</summary>
    public static string PolicyStart(RunFolder folder) => Path.Combine(folder.Checkpoints, Name(new RunPosition(TrainingStage.Policy, 0)));

    /// <summary>The newest checkpoint of a run, or null.</summary>
    public static string? Latest(RunFolder folder) => CheckpointFolders.Latest(folder);

    /// <summary>The newest checkpoint, or null.</summary>
    public string? Latest() => Latest(folder);

    public static TrainerState ReadState(string checkpoint) => TrainerState.Read(Path.Combine(checkpoint, CheckpointFolders.StateFile));

    /// <summary>Gives a component with a memory its state back.</summary>
    /// <exception cref="InvalidDataException">The checkpoint has no state of that name, or one of another component.</exception>
    public static void LoadComponent(string checkpoint, TrainerState state, string name, IStateful component)
    {
        try
        {
            component.Load(state.Components[name]);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or IndexOutOfRangeException or InvalidDataException)
        {
            string type = component.GetType().Name;
            throw new InvalidDataException(
                $"{Path.Combine(checkpoint, CheckpointFolders.StateFile)}: components.{name} is not the state of {type}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a checkpoint, where none of this position is there yet, and drops the oldest beyond the number to keep.</summary>
    public string Write(TrainingParts parts, IStageTrainer? trainer, TrainerState state) =>
        folders.Write(Name(state.Position), path => WriteFiles(path, parts, trainer, state), state.Write);

    public static string OptimizerFile(string checkpoint, string name) => Path.Combine(checkpoint, $"optimizer.{name}.safetensors");

    public static string NetworkFile(string checkpoint, string name) => Path.Combine(checkpoint, $"{name}.safetensors");

    /// <summary>Writes the parameters of a network into a checkpoint, every bit of them.</summary>
    public static void SaveNetwork(string checkpoint, string name, IReadOnlyList<Parameter> parameters) =>
        SafetensorsWriter.Write(NetworkFile(checkpoint, name), parameters.Select(parameter => SafetensorsContent.FromTensor(parameter.Name, parameter)));

    /// <summary>Gives a network back its parameters.</summary>
    /// <exception cref="IOException">The file is missing or does not hold them.</exception>
    public static void LoadNetwork(string checkpoint, string name, IReadOnlyList<Parameter> parameters)
    {
        using SafetensorsFile file = SafetensorsFile.Open(NetworkFile(checkpoint, name));
        foreach (Parameter parameter in parameters)
        {
            file.ReadSingles(parameter.Name, parameter.Data);
            parameter.MarkChanged();
        }
    }

    private static void WriteFiles(string path, TrainingParts parts, IStageTrainer? trainer, TrainerState state)
    {
        state.Components.Clear();
        if (trainer is not null)
        {
            foreach ((string name, Optimizer optimizer) in trainer.Optimizers)
            {
                OptimizerState.Write(OptimizerFile(path, name), optimizer);
            }

            foreach ((string name, IReadOnlyList<Parameter> parameters) in trainer.Networks)
            {
                SaveNetwork(path, name, parameters);
            }

            foreach ((string name, IStateful component) in trainer.Components)
            {
                Dictionary<string, double[]> values = new(StringComparer.Ordinal);
                component.Save(values);
                state.Components.Add(name, values);
            }
        }

        parts.SaveModels(path);
    }

    private static string Name(RunPosition position) =>
        $"{(int)position.Stage}-{position.Stage.ToString().ToLowerInvariant()}-{position.Step.ToString("D7", CultureInfo.InvariantCulture)}";
}
