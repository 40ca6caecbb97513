namespace Proximal.Runs;

/// <summary>The parts of a run, in order.</summary>
public enum TrainingStage
{
    /// <summary>Supervised learning on demonstrations.</summary>
    Supervised,

    /// <summary>Policy optimization.</summary>
    Policy,

    /// <summary>Nothing is left to do.</summary>
    Finished,
}
