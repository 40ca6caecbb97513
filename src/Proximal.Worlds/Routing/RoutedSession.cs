using System.Text;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>
/// An episode in a <see cref="RoutedWorld"/>: up to T_max turns that ask knowledge bases, and an answer. Faults of knowledge bases are drawn from a stream of the episode. Deterministic; a
/// <see cref="Clone"/> goes its own way.
/// </summary>
public sealed class RoutedSession
{
    private readonly SuiteRandom dynamics;
    private readonly List<(int[] Question, KnowledgeBase Base)> asked = [];
    private readonly HashSet<(KnowledgeBase, int)> seen = [];
    private readonly List<Finding> findings = [];
    private readonly List<Finding> last = [];
    private readonly List<double> turnRewards = [];
    private readonly List<RoutedAction> actions = [];
    private readonly int[] wanted = new int[RoutedWorld.Bases.Count];
    private readonly int[] routed = new int[RoutedWorld.Bases.Count];

    /// <summary>Begins an episode.</summary>
    /// <param name="world">The world.</param>
    /// <param name="question">A question about it.</param>
    /// <param name="retrievals">T_max: the most turns that ask.</param>
    /// <param name="seed">What faults of knowledge bases are drawn from.</param>
    public RoutedSession(RoutedWorld world, RoutedQuestion question, int retrievals, ulong seed)
        : this(world, question, retrievals, SuiteRandom.OfWorld(RoutedWorld.Name, seed, WorldStream.Dynamics))
    {
    }

    private RoutedSession(RoutedWorld world, RoutedQuestion question, int retrievals, SuiteRandom dynamics)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentOutOfRangeException.ThrowIfNegative(retrievals);
        World = world;
        Question = question;
        MostRetrievals = retrievals;
        this.dynamics = dynamics;
    }

    /// <summary>The world.</summary>
    public RoutedWorld World { get; }

    /// <summary>The question.</summary>
    public RoutedQuestion Question { get; }

    /// <summary>T_max: the most turns that ask.</summary>
    public int MostRetrievals { get; }

    /// <summary>Turns taken.</summary>
    public int Turn { get; private set; }

    /// <summary>Whether the episode is over: answered, or out of turns.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What was answered; null without an answer. [tokens]</summary>
    public int[]? Given { get; private set; }

    /// <summary>Turns that asked.</summary>
    public int Steps { get; private set; }

    /// <summary>Knowledge bases asked, all turns together.</summary>
    public int Retrievals => asked.Count;

    /// <summary>Retrievals that showed nothing that was not shown before.</summary>
    public int Wasted { get; private set; }

    /// <summary>What retrievals cost together.</summary>
    public int Cost { get; private set; }

    /// <summary>Turns that asked exactly one knowledge base, and a right one.</summary>
    public int RightlyRouted { get; private set; }

    /// <summary>Turns that asked while the next finding was in a knowledge base; facts in two count for the first.</summary>
    public int Wanted(KnowledgeBase knowledgeBase) => wanted[(int)knowledgeBase];

    /// <summary>Those among <see cref="Wanted"/> that were routed rightly.</summary>
    public int RightlyRoutedTo(KnowledgeBase knowledgeBase) => routed[(int)knowledgeBase];

    /// <summary>Turns that were refused.</summary>
    public int Invalid { get; private set; }

    /// <summary>The turns so far: played again, they give the same state.</summary>
    public IReadOnlyList<RoutedAction> Actions => actions;

    /// <summary>Everything that was found, in order.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>What the last turn found.</summary>
    public IReadOnlyList<Finding> LastFindings => last;

    /// <summary>The rewards of the turns by themselves; see <see cref="RoutedRewards"/>.</summary>
    public IReadOnlyList<double> TurnRewards => turnRewards;

    /// <summary>The step to take now: the first whose finding was not shown yet; null when only the answer is left.</summary>
    public GoldStep? NextStep => Question.Steps.FirstOrDefault(step => !findings.Exists(found => found.Says(step.Finding)));

    /// <summary>The share of the steps whose finding was shown.</summary>
    public double Progress => (double)Question.Steps.Count(step => findings.Exists(found => found.Says(step.Finding))) / Question.Steps.Count;

    /// <summary>The share of the asking turns that were routed rightly; 0 without any.</summary>
    public double RoutingAccuracy => Steps == 0 ? 0 : (double)RightlyRouted / Steps;

    /// <summary>How good the answer is; all zeros without one.</summary>
    public AnswerScores Scores => Given is { } given ? AnswerScores.Of(given, [Question.Answer]) : default;

    /// <summary>FNV-1a over question, turn, what was asked where, what was shown, and the answer.</summary>
    public ulong StateHash
    {
        get
        {
            Fnv1aHash hash = new();
            hash.Add(Question.Tokens);
            hash.Add(Turn);
            hash.Add(MostRetrievals);
            foreach ((int[] question, KnowledgeBase knowledgeBase) in asked)
            {
                hash.Add(question);
                hash.Add((int)knowledgeBase);
            }

            foreach (Finding finding in findings)
            {
                hash.Add(finding.Subject);
                hash.Add(finding.Object);
            }

            hash.Add(IsOver ? 1 : 0);
            hash.Add(Given ?? []);
            return hash.Value;
        }
    }

    /// <summary>FNV-1a of the text of the last observation; 0 before the first.</summary>
    public ulong ObservationHash { get; private set; }

    /// <summary>A copy that goes its own way, with the same faults to come.</summary>
    public RoutedSession Clone()
    {
        RoutedSession copy = new(World, Question, MostRetrievals, dynamics.Clone())
        {
            Turn = Turn,
            IsOver = IsOver,
            Given = Given,
            Steps = Steps,
            Wasted = Wasted,
            Cost = Cost,
            RightlyRouted = RightlyRouted,
            Invalid = Invalid,
            ObservationHash = ObservationHash,
        };
        copy.asked.AddRange(asked);
        copy.seen.UnionWith(seen);
        copy.findings.AddRange(findings);
        copy.last.AddRange(last);
        copy.turnRewards.AddRange(turnRewards);
        copy.actions.AddRange(actions);
        wanted.CopyTo(copy.wanted, 0);
        routed.CopyTo(copy.routed, 0);
        return copy;
    }

    /// <summary>Takes a turn.</summary>
    /// <returns>What is observed, in the words of <see cref="KnowledgeVocabulary"/>; null when the episode is over.</returns>
    /// <exception cref="InvalidOperationException">It was over before.</exception>
    public string? Step(RoutedAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsOver)
        {
            throw new InvalidOperationException("The episode is over.");
        }

        actions.Add(action);
        last.Clear();
        string? observation = action switch
        {
            { Answer.Length: > 0 } => End(action.Answer),
            { SubQuestion.Length: > 0, Bases: { } bases } => Ask(action.SubQuestion, bases),
            _ => Refuse(),
        };
        Turn++;
        IsOver = observation is null || Turn > MostRetrievals;
        if (IsOver)
        {
            return null;
        }

        ObservationHash = SuiteHash.Fnv1a64(observation!);
        return observation;
    }

    private string? End(int[] answer)
    {
        Given = answer;
        turnRewards.Add(RoutedRewards.OfAnswer(answer, [Question.Answer]));
        return null;
    }

    private string Refuse()
    {
        Invalid++;
        turnRewards.Add(0);
        return " invalid";
    }

    private string Ask(int[] question, IReadOnlyList<KnowledgeBase> bases)
    {
        Steps++;
        GoldStep? gold = NextStep;
        turnRewards.Add(gold is null ? 0 : RoutedRewards.OfStep(World.Similarity(question, gold.SubQuestion), bases, gold.Bases));
        int isRight = gold is not null && bases is [var only] && gold.Bases.Contains(only) ? 1 : 0;
        RightlyRouted += isRight;
        if (gold is not null)
        {
            wanted[(int)gold.Bases[0]]++;
            routed[(int)gold.Bases[0]] += isRight;
        }

        StringBuilder text = new();
        foreach (KnowledgeBase knowledgeBase in bases)
        {
            text.Append(Retrieve(question, knowledgeBase));
        }

        findings.AddRange(last);
        return text.Length > 0 ? text.ToString() : KnowledgeVocabulary.Text(KnowledgeVocabulary.None);
    }

    private string Retrieve(int[] question, KnowledgeBase knowledgeBase)
    {
        asked.Add((question, knowledgeBase));
        Cost += RoutedWorld.CostOf(knowledgeBase);
        bool fails = dynamics.Double() < World.Options.FailureShare, misleads = dynamics.Double() < World.Options.MisleadShare;
        Retrieved result = fails ? new Retrieved("", [], []) : World.Retrieve(knowledgeBase, question, misleads);
        int before = seen.Count;
        seen.UnionWith(result.Units.Select(unit => (knowledgeBase, unit)));
        Wasted += seen.Count == before ? 1 : 0;
        last.AddRange(result.Findings);
        return result.Text;
    }
}
