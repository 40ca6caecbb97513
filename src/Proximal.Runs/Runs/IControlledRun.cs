namespace Proximal.Runs;

/// <summary>A live run as its <see cref="RunController"/> sees it, between two steps.</summary>
internal interface IControlledRun
{
    /// <summary>The finished steps.</summary>
    RunPosition Position { get; }

    /// <summary>Writes a checkpoint of the finished steps.</summary>
    /// <returns>Its folder.</returns>
    string WriteCheckpoint();

    /// <summary>Changes a value of the recipe from the next step on, and leaves everything as it was where it cannot be changed. The event is to be on the disk before the change.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value, as in a recipe.</param>
    /// <param name="record">Records the change; called when nothing can go wrong any more.</param>
    /// <exception cref="InvalidDataException">It cannot be changed; says why.</exception>
    RunEvent Set(string key, string value, Action<RunEvent> record);

    /// <summary>Tells whoever watches the run.</summary>
    void Tell(RunEvent one);
}
