namespace Proximal.Worlds.TowerDefence.Games;

/// <summary>A decision of a recorded game.</summary>
/// <param name="Action">What was decided; nothing where the choice could not be read.</param>
/// <param name="Error">Why it had no effect, or none.</param>
/// <param name="Malformed">Whether the choice could not be read.</param>
/// <param name="Choices">How many choices (see <see cref="TowerChoices"/>) were valid.</param>
/// <param name="Choice">Which of them it was nearest to, or -1.</param>
/// <param name="Reward">Its reward.</param>
public readonly record struct TowerMove(TowerAction Action, TowerError Error, bool Malformed, int Choices, int Choice, double Reward)
{
    /// <summary>Whether something was tried; doing nothing is neither valid nor invalid.</summary>
    public bool Acts => Malformed || Action.Type != TowerActionType.Nothing;

    /// <summary>Whether what was tried had its effect.</summary>
    public bool Valid => Acts && !Malformed && Error == TowerError.None;
}
