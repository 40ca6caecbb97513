namespace Proximal.Runs;

/// <summary>The parts of a run, in order.</summary>
public enum TrainingStage
{
    /// <summary>Supervised learning of the model that writes the demonstrations.</summary>
    Teacher,

    /// <summary>Supervised learning on demonstrations.</summary>
    Supervised,

    /// <summary>Learning of a reward model from preferences.</summary>
    Preferences,

    /// <summary>Policy optimization.</summary>
    Policy,

    /// <summary>Nothing is left to do.</summary>
    Finished,
}
