using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>
/// The scripted agent: it asks for one step after the other in the right words, and answers when it knows. With a probability it asks any knowledge base; it then asks again, or, where it does not
/// recover, believes what it found. With another <see cref="Router"/> it is one of the static baselines.
/// </summary>
public sealed class RoutedExpert
{
    private readonly RoutedQuestion question;
    private readonly double noise;
    private readonly bool recovers;
    private readonly Router router;
    private readonly SuiteRandom random;
    private int[] current;
    private int step;
    private int tries;

    /// <summary>An expert for one episode.</summary>
    /// <param name="question">The question.</param>
    /// <param name="noise">Probability that a turn asks any knowledge base.</param>
    /// <param name="recovers">Whether it asks again where it did not find what it asked for.</param>
    /// <param name="router">How it chooses otherwise.</param>
    /// <param name="random">Draws mistakes.</param>
    public RoutedExpert(RoutedQuestion question, double noise, bool recovers, Router router, SuiteRandom random)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noise, 1);
        this.question = question;
        this.noise = noise;
        this.recovers = recovers;
        this.router = router;
        this.random = random;
        current = question.Steps[0].Finding.Subject;
    }

    /// <summary>Plays an episode to its end.</summary>
    /// <param name="session">A session that has not begun.</param>
    /// <returns>The turns that it took.</returns>
    public List<RoutedAction> Play(RoutedSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        List<RoutedAction> turns = [];
        while (!session.IsOver)
        {
            RoutedAction turn = Next(session);
            turns.Add(turn);
            session.Step(turn);
        }

        return turns;
    }

    /// <summary>The next turn of the episode that this expert plays.</summary>
    public RoutedAction Next(RoutedSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (tries > 0 && Found(session) is { } found)
        {
            current = found;
            step++;
            tries = 0;
        }

        if (step == question.Steps.Count || session.Turn == session.MostRetrievals)
        {
            return RoutedAction.Say(current);
        }

        GoldStep gold = question.Steps[step];
        tries++;
        return RoutedAction.Ask(RoutedWorld.SubQuestion(current, gold.Predicate), [.. Choose(gold)]);
    }

    /// <summary>What the last turn says of what was asked; without recovery, anything that it says.</summary>
    private int[]? Found(RoutedSession session)
    {
        Predicate? predicate = question.Steps[step].Predicate;
        IReadOnlyList<Finding> findings = session.LastFindings;
        if (findings.FirstOrDefault(found => found.IsAbout(current, predicate)) is { } asked)
        {
            return asked.Object;
        }

        return recovers ? null
            : findings.Count == 0 ? current
            : (findings.FirstOrDefault(found => found.Predicate == predicate) ?? findings[0]).Object;
    }

    private IReadOnlyList<KnowledgeBase> Choose(GoldStep gold) =>
        random.Double() < noise || router == Router.Random ? [random.Pick(RoutedWorld.Bases)]
        : router == Router.AskAll ? RoutedWorld.Bases
        : router == Router.AlwaysText ? [KnowledgeBase.Text]
        : [gold.Predicate is { } predicate ? RoutedWorld.BaseOf(predicate) : KnowledgeBase.Image];
}
