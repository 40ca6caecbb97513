using Proximal.Control.Environments;
using Proximal.Control.Environments.MinAtar;

namespace Proximal.Control.Tests.Environments.MinAtar;

/// <summary>A game under test, without actions that stick, and its last observation.</summary>
internal sealed class Play<TGame>
    where TGame : MinAtarGame
{
    private readonly float[] observation;

    public Play(TGame game, ulong seed = 1)
    {
        Game = game;
        observation = new float[game.Specification.Observations.Width];
        game.Reset(seed, observation);
    }

    public TGame Game { get; }

    public static MinAtarOptions Options { get; } = new() { StickyActions = 0 };

    /// <summary>The cells (row, column) that are set in a channel.</summary>
    public (int Row, int Column)[] this[int channel] =>
        [.. Enumerable.Range(0, 100).Where(cell => observation[(100 * channel) + cell] == 1).Select(cell => (cell / 10, cell % 10))];

    public StepOutcome Step(MinAtarAction action = MinAtarAction.None) => Game.Step([(float)action], observation);

    public StepOutcome Step(int times, MinAtarAction action = MinAtarAction.None)
    {
        StepOutcome outcome = default;
        for (int i = 0; i < times; i++)
        {
            outcome = Step(action);
        }

        return outcome;
    }
}
