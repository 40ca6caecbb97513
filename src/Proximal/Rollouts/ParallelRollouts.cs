using System.Runtime.ExceptionServices;
using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rewards;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts;

/// <summary>
/// The parallel group: every prompt is rolled out several times independently, turn by turn until the environment ends the episode or the
/// token budget is used up. Observations become segments of origin environment, which are never trained.
/// </summary>
public sealed class ParallelRollouts : IRollouts
{
    private readonly Generator generator;
    private readonly ITokenizer tokenizer;
    private readonly ITask task;
    private readonly IEnvironment environment;
    private readonly IReadOnlyList<WeightedReward> rewards;
    private readonly int budget;
    private readonly int context;
    private readonly int[] turnEnds;

    /// <summary>Creates the rollouts of a run.</summary>
    /// <param name="generator">Samples from the policy; ends a segment at the end of the sequence and at the <see cref="TurnEnds"/>.</param>
    /// <param name="tokenizer">Text to tokens and back.</param>
    /// <param name="task">Verifies responses.</param>
    /// <param name="environment">Answers turns; <see cref="SingleTurn"/> for one answer a prompt.</param>
    /// <param name="rewards">Reward terms.</param>
    /// <param name="budget">The most tokens that the policy writes in one trajectory.</param>
    /// <exception cref="ArgumentException">No reward term, or the budget is below 1.</exception>
    /// <exception cref="InvalidDataException">The tokenizer has no tokens for a symbol of the environment.</exception>
    public ParallelRollouts(
        Generator generator,
        ITokenizer tokenizer,
        ITask task,
        IEnvironment environment,
        IReadOnlyList<WeightedReward> rewards,
        int budget)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(rewards);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        if (rewards.Count == 0)
        {
            throw new ArgumentException("Rollouts need at least one reward term.", nameof(rewards));
        }

        this.generator = generator;
        this.tokenizer = tokenizer;
        this.task = task;
        this.environment = environment;
        this.rewards = rewards;
        this.budget = budget;
        context = generator.MaximumPositions;
        turnEnds = TurnEnds(environment, tokenizer);
    }

    /// <summary>The tokens that end a turn of an environment beside the end of the sequence.</summary>
    /// <exception cref="InvalidDataException">The tokenizer has no tokens for a symbol of the environment.</exception>
    public static int[] TurnEnds(IEnvironment environment, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(tokenizer);
        foreach (string symbol in environment.Symbols)
        {
            try
            {
                tokenizer.Encode(symbol);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException($"The tokenizer has no token for '{symbol}', which turns and observations of the environment are made of.", exception);
            }
        }

        return [.. environment.TurnEnds.Select(text => tokenizer.Encode(text)).Where(tokens => tokens.Length == 1).Select(tokens => tokens[0])];
    }

    /// <summary>The tokens of a turn that are its text: without the end of the sequence; a token that ends a turn is a part of its text.</summary>
    internal static ReadOnlySpan<int> WithoutEnd(TokenSegment turn, ReadOnlySpan<int> turnEnds) =>
        turn.End == EndReason.Finished && !turn.Tokens.IsEmpty && !turnEnds.Contains(turn.Tokens[^1]) ? turn.Tokens[..^1] : turn.Tokens;

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        ArgumentNullException.ThrowIfNull(instances);
        List<ActiveRollout> rollouts = Start(instances, request);
        Play(rollouts);
        return ToBatch(Reward([.. rollouts.Select(Judge)]));
    }

    /// <summary>The most tokens of a response.</summary>
    internal int Budget => budget;

    /// <summary>The beginnings of all rollouts of some problems, those of a problem together and in one tree.</summary>
    internal List<ActiveRollout> Start(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        int limit = request.ResponseBudget > 0 ? Math.Min(request.ResponseBudget, budget) : budget;
        List<ActiveRollout> rollouts = new(instances.Count * request.RolloutsPerPrompt);
        for (int prompt = 0; prompt < instances.Count; prompt++)
        {
            TokenTree tree = Plant(instances[prompt]);
            for (int rollout = 0; rollout < request.RolloutsPerPrompt; rollout++)
            {
                rollouts.Add(new ActiveRollout(
                    instances[prompt],
                    tree,
                    environment.Begin(instances[prompt]),
                    new RandomStream(request.Seed, request.Purpose, request.Step, request.FirstPrompt + prompt, rollout),
                    Math.Min(limit, context - tree.TokenCount)));
            }
        }

        return rollouts;
    }

    /// <summary>Goes back before the last turn of an ended rollout: an episode that was told the same turns up to there, and whose next turn begins with given tokens.</summary>
    /// <param name="source">The rollout, which stays as it is; the environment is replayable.</param>
    /// <param name="opening">The tokens, which become a segment of probes in the same tree.</param>
    /// <param name="random">Random numbers of what follows.</param>
    /// <returns>The beginning of the new rollout, or null where neither budget nor context has room for a token after the opening.</returns>
    internal ActiveRollout? Fork(ActiveRollout source, ReadOnlySpan<int> opening, RandomStream random)
    {
        TakenTurn last = source.Turns[^1];
        TokenSegment above = source.Tree.Segments[last.Parent];
        int remaining = Math.Min(last.Remaining, context - above.Depth - above.Tokens.Length) - opening.Length;
        if (remaining < 1)
        {
            return null;
        }

        IEpisode episode = environment.Begin(source.Instance);
        ActiveRollout fork = new(source.Instance, source.Tree, episode, random, remaining);
        foreach (TakenTurn turn in source.Turns.Take(source.Turns.Count - 1))
        {
            _ = turn.IsCut ? episode.StepCut(turn.Text) : episode.Step(turn.Text);
            fork.Turns.Add(turn);
            fork.Text.Append(turn.Text);
        }

        fork.Opening = source.Tree.Branch(above.Index, SegmentOrigin.Probe, opening);
        (fork.Leaf, fork.Generated, fork.Inserted) = (fork.Opening.Index, last.Generated + opening.Length, tokenizer.Decode(opening));
        return fork;
    }

    /// <summary>The turns of an episode that ends with a right answer, as the environment demonstrates it: at least one.</summary>
    internal IReadOnlyList<string> RightTurns(TaskInstance instance) => environment.RightTurns(instance, task.Demonstration(instance));

    /// <summary>The beginnings of the rollouts of a problem from where given turns lead, in a tree of their own.</summary>
    /// <param name="instance">The problem.</param>
    /// <param name="turns">Turns of a right episode.</param>
    /// <param name="count">How many of them were taken.</param>
    /// <param name="request">How many rollouts, and which random numbers.</param>
    /// <param name="prompt">Number of the problem among those of the request.</param>
    /// <param name="state">Number of the state among those of the problem, for random numbers of its own.</param>
    /// <exception cref="InvalidDataException">The episode is over before the turns are, or the context has no room for a token after them.</exception>
    internal List<ActiveRollout> StartAfter(TaskInstance instance, IReadOnlyList<string> turns, int count, RolloutRequest request, int prompt, int state)
    {
        TokenTree tree = Plant(instance);
        IEpisode first = environment.Begin(instance);
        int leaf = 0;
        for (int turn = 0; turn < count; turn++)
        {
            string observation = first.Step(turns[turn])
                ?? throw new InvalidDataException($"The demonstration for '{Shorten(instance.Prompt)}' has turns after its end; expected the episode to go on after turn {turn + 1}.");
            TokenSegment taken = tree.Branch(leaf, SegmentOrigin.Teacher, tokenizer.Encode(turns[turn]));
            if ((taken.Tokens.IsEmpty || !turnEnds.Contains(taken.Tokens[^1])) && tokenizer.EndOfSequence is { } end)
            {
                taken.Append(end, 0, 0);
            }

            leaf = tree.Branch(taken.Index, SegmentOrigin.Environment, tokenizer.Encode(observation)).Index;
        }

        if (tree.TokenCount >= context)
        {
            throw new InvalidDataException(
                $"'{Shorten(instance.Prompt)}' takes {tree.TokenCount} tokens with {count} turns of its demonstration; the model's context of {context} leaves no room for a response.");
        }

        int limit = request.ResponseBudget > 0 ? Math.Min(request.ResponseBudget, budget) : budget;
        List<ActiveRollout> rollouts = new(request.RolloutsPerPrompt);
        for (int rollout = 0; rollout < request.RolloutsPerPrompt; rollout++)
        {
            IEpisode episode = environment.Begin(instance);
            RandomStream random = new(request.Seed, request.Purpose, request.Step, request.FirstPrompt + prompt, (state * request.RolloutsPerPrompt) + rollout);
            ActiveRollout begun = new(instance, tree, episode, random, Math.Min(limit, context - tree.TokenCount)) { Leaf = leaf };
            for (int turn = 0; turn < count; turn++)
            {
                episode.Step(turns[turn]);
                begun.Turns.Add(new TakenTurn(-1, turns[turn], IsCut: false, 0, 0));
            }

            rollouts.Add(begun);
        }

        return rollouts;
    }

    /// <summary>Rolls out until every episode is over, or has had as many turns.</summary>
    /// <param name="rollouts">The beginnings.</param>
    /// <param name="turns">The most turns of each.</param>
    internal void Play(IReadOnlyList<ActiveRollout> rollouts, int turns = int.MaxValue)
    {
        List<ActiveRollout> active = [.. rollouts];
        List<GenerationJob> jobs = [];
        for (int turn = 0; active.Count > 0 && turn < turns; turn++)
        {
            jobs.Clear();
            foreach (ActiveRollout rollout in active)
            {
                rollout.Turn = rollout.Tree.Branch(rollout.Leaf, SegmentOrigin.Policy);
                rollout.Leaf = rollout.Turn.Index;
                jobs.Add(new GenerationJob(rollout.Tree, rollout.Turn, rollout.Random, Math.Min(rollout.Remaining, environment.TurnTokens)));
            }

            generator.Run(jobs);
            Answer(active);
            active.RemoveAll(rollout => !Continue(rollout, isLast: turn == turns - 1));
        }
    }

    /// <summary>The batch of trajectories, those of a tree together.</summary>
    internal RolloutBatch ToBatch(IReadOnlyList<Trajectory> trajectories) => new([.. trajectories.Select(trajectory => trajectory.Tree).Distinct()], trajectories, budget);

    /// <summary>The tree of a problem, with its prompt.</summary>
    /// <exception cref="InvalidDataException">The prompt leaves no room for a response.</exception>
    internal TokenTree Plant(TaskInstance instance)
    {
        int[] tokens = tokenizer.EncodePrompt(instance.Prompt);
        return tokens.Length + 1 <= context
            ? new TokenTree(tokens)
            : throw new InvalidDataException(
                $"The prompt '{Shorten(instance.Prompt)}' has {tokens.Length} tokens; the model's context of {context} leaves no room for a response.");
    }

    /// <summary>Tokens that a response may still get.</summary>
    /// <param name="depth">Tokens on its path, prompt included.</param>
    /// <param name="generated">Tokens of the response so far.</param>
    internal int Room(int depth, int generated) => Math.Min(budget - generated, context - depth);

    /// <summary>Samples segments.</summary>
    internal void Run(IReadOnlyList<GenerationJob> jobs) => generator.Run(jobs);

    /// <summary>The trajectory of a finished response in one turn.</summary>
    internal Trajectory Judge(TaskInstance instance, TokenTree tree, int leaf, int generated)
    {
        ActiveRollout rollout = new(instance, tree, environment.Begin(instance), default, 0) { Leaf = leaf, Generated = generated };
        List<int> path = [], response = [];
        tree.WritePath(leaf, path);
        foreach (int segment in path.Skip(1))
        {
            response.AddRange(WithoutEnd(tree.Segments[segment], turnEnds));
        }

        rollout.Text.Append(tokenizer.Decode([.. response]));
        return Reward([Judge(rollout)])[0];
    }

    /// <summary>The trajectory of a response that goes on in a later step: no verdict, and every reward term 0.</summary>
    internal Trajectory Unfinished(TaskInstance instance, TokenTree tree, int leaf, int generated)
    {
        Trajectory trajectory = new()
        {
            Instance = instance,
            Tree = tree,
            Leaf = leaf,
            Response = "",
            ResponseTokens = generated,
            ResponseBudget = budget,
            End = EndReason.Open,
            Verdict = Verdict.Unreadable("unfinished"),
        };
        foreach (WeightedReward term in rewards)
        {
            trajectory.AddReward(term.Name, 0, term.Weight);
        }

        return trajectory;
    }

    /// <summary>Lets the environment answer the turns. Trees are not touched, so the order in which answers come changes nothing.</summary>
    private void Answer(List<ActiveRollout> active)
    {
        if (environment.Concurrency == 1 || active.Count == 1)
        {
            active.ForEach(Answer);
            return;
        }

        try
        {
            Parallel.ForEach(active, new ParallelOptions { MaxDegreeOfParallelism = environment.Concurrency }, Answer);
        }
        catch (AggregateException failures)
        {
            // One failure is enough to tell what is wrong; the others are mostly the same.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private void Answer(ActiveRollout rollout)
    {
        TokenSegment turn = rollout.Turn!;
        TokenSegment first = rollout.Opening ?? turn;
        string text = tokenizer.Decode(rollout.Opening is null ? WithoutEnd(turn, turnEnds) : [.. rollout.Opening.Tokens, .. WithoutEnd(turn, turnEnds)]);
        bool isCut = turn.End == EndReason.Truncated;
        rollout.Turns.Add(new TakenTurn(first.Parent, text, isCut, rollout.Remaining, rollout.Generated));
        rollout.Text.Append(text);
        rollout.Opening = null;
        rollout.Remaining -= turn.Tokens.Length;
        rollout.Generated += turn.Tokens.Length;
        bool isOver = isCut && (turn.Tokens.Length < environment.TurnTokens || rollout.Remaining == 0);
        rollout.Observation = isOver ? null : isCut ? rollout.Episode.StepCut(text) : rollout.Episode.Step(text);
    }

    /// <summary>Adds the observation to the tree; false when the episode is over. That to the last turn that is asked for is not written down.</summary>
    private bool Continue(ActiveRollout rollout, bool isLast)
    {
        if (rollout.Observation is not { } observation || isLast)
        {
            return false;
        }

        TokenSegment turn = rollout.Turn!;
        int[] tokens = tokenizer.Encode(observation);
        if (turn.Depth + turn.Tokens.Length + tokens.Length > context)
        {
            turn.End = EndReason.Truncated;
            return false;
        }

        TokenSegment segment = rollout.Tree.Branch(rollout.Leaf, SegmentOrigin.Environment, tokens);
        rollout.Leaf = segment.Index;
        rollout.Remaining = Math.Min(rollout.Remaining, context - segment.Depth - tokens.Length);
        if (rollout.Remaining > 0)
        {
            return true;
        }

        segment.End = EndReason.Truncated;
        return false;
    }

    /// <summary>The trajectory of an ended rollout, without rewards.</summary>
    internal Trajectory Judge(ActiveRollout rollout)
    {
        EndReason end = rollout.Tree.Segments[rollout.Leaf].End;
        string text = rollout.Text.ToString();
        return new Trajectory
        {
            Instance = rollout.Instance,
            Tree = rollout.Tree,
            Leaf = rollout.Leaf,
            Response = text,
            Inserted = rollout.Inserted,
            ResponseTokens = rollout.Generated,
            ResponseBudget = budget,
            End = end,
            Verdict = rollout.Episode.Judge() ?? task.Verify(rollout.Instance, new Response(rollout.Episode.Answer ?? text, end == EndReason.Finished)),
            Counters = rollout.Episode.Counters,
            TurnRewards = rollout.Episode.TurnRewards,
        };
    }

    /// <summary>Adds the reward terms to trajectories, all that are learned from together.</summary>
    internal Trajectory[] Reward(Trajectory[] trajectories)
    {
        float[] scores = new float[trajectories.Length];
        foreach (WeightedReward term in rewards)
        {
            if (term.Reward is IBatchReward together)
            {
                together.Score(trajectories, scores);
            }

            for (int i = 0; i < scores.Length; i++)
            {
                float score = term.Reward is IBatchReward ? scores[i] : term.Reward.Score(trajectories[i]);
                trajectories[i].AddReward(term.Name, score, term.Weight);
            }
        }

        return trajectories;
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
