using System.Globalization;
using Proximal.Tensors;
using Proximal.Tensors.Files;
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

    /// <summary>Where the files of a model beside the main one are within a folder of models.</summary>
    public static string PeerFolder(string folder, string name) => Path.Combine(folder, "peers", name);

    /// <summary>Gives a trainer, and those of its peers, back what a checkpoint holds of them beside the model.</summary>
    /// <exception cref="InvalidDataException">The checkpoint has no state of a component, or that of another one.</exception>
    /// <exception cref="IOException">A file is missing or does not hold what it should.</exception>
    public static void Restore(string checkpoint, IStageTrainer trainer, TrainerState state) =>
        Restore(checkpoint, trainer, "", state, Path.Combine(checkpoint, CheckpointFolders.StateFile));

    /// <summary>Writes a checkpoint, where none of this position is there yet, and drops the oldest beyond the number to keep.</summary>
    public string Write(TrainingModels models, IStageTrainer? trainer, TrainerState state) =>
        folders.Write(Name(state.Position), path => WriteFiles(path, models, trainer, state), state.Write);

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

    private static void WriteFiles(string path, TrainingModels models, IStageTrainer? trainer, TrainerState state)
    {
        state.Components.Clear();
        if (trainer is not null)
        {
            Write(path, trainer, "", state);
        }

        models.Save(path);
    }

    private static void Write(string path, IStageTrainer trainer, string prefix, TrainerState state)
    {
        AtomicFile.CreateFolder(path);
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
            state.Components.Add(prefix + name, values);
        }

        foreach ((string name, IStageTrainer peer) in trainer.Peers)
        {
            Write(PeerFolder(path, name), peer, PeerPrefix(name), state);
        }
    }

    private static void Restore(string path, IStageTrainer trainer, string prefix, TrainerState state, string stateFile)
    {
        foreach ((string name, Optimizer optimizer) in trainer.Optimizers)
        {
            OptimizerState.Read(OptimizerFile(path, name), optimizer);
        }

        foreach ((string name, IReadOnlyList<Parameter> parameters) in trainer.Networks)
        {
            LoadNetwork(path, name, parameters);
        }

        foreach ((string name, IStateful component) in trainer.Components)
        {
            LoadComponent(state, prefix + name, component, stateFile);
        }

        foreach ((string name, IStageTrainer peer) in trainer.Peers)
        {
            Restore(PeerFolder(path, name), peer, PeerPrefix(name), state, stateFile);
        }
    }

    /// <summary>Gives a component with a memory its state back.</summary>
    private static void LoadComponent(TrainerState state, string name, IStateful component, string stateFile)
    {
        try
        {
            component.Load(state.Components[name]);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or IndexOutOfRangeException or InvalidDataException)
        {
            throw new InvalidDataException($"{stateFile}: components.{name} is not the state of {component.GetType().Name}: {exception.Message}", exception);
        }
    }

    private static string PeerPrefix(string name) => $"peers.{name}.";

    private static string Name(RunPosition position) =>
        $"{(int)position.Stage}-{position.Stage.ToString().ToLowerInvariant()}-{position.Step.ToString("D7", CultureInfo.InvariantCulture)}";
}
