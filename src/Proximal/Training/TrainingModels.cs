using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Rollouts.Sharing;
using Proximal.Runs;
using Proximal.Tasks;

namespace Proximal.Training;

/// <summary>The models of a run, each with everything that it needs: the one of the recipe and its peers. Most runs have no peers.</summary>
internal sealed class TrainingModels : IDisposable
{
    private readonly Recipe recipe;
    private readonly string? checkpoint;
    private readonly List<(string Name, TrainingParts Parts)> peers = [];

    public TrainingModels(Recipe recipe, RunFolder folder, TrainingOverrides overrides, string? checkpoint)
    {
        this.recipe = recipe;
        this.checkpoint = checkpoint;
        string start = CheckpointStore.PolicyStart(folder);
        if (recipe.Peers is not { } settings)
        {
            Main = new TrainingParts(recipe, overrides, checkpoint, start);
            return;
        }

        IReadOnlyList<Recipe> recipes = ModelRecipes.Of(recipe);
        overrides.Task ??= recipe.CreateTask();
        IPromptSource? prompts = settings.Sharing == RolloutSharing.None ? overrides.Prompts : overrides.Prompts ?? new UniformPrompts(overrides.Task);
        overrides.Prompts = ShareOf(prompts, 0);
        Main = new TrainingParts(recipes[0], overrides, checkpoint, start);
        try
        {
            for (int i = 0; i < settings.Models.Count; i++)
            {
                string name = settings.Models[i].Name;
                TrainingOverrides shared = Main.Shared;
                shared.Prompts = ShareOf(prompts, i + 1);
                peers.Add((name, new TrainingParts(
                    recipes[i + 1], shared, checkpoint is null ? null : CheckpointStore.PeerFolder(checkpoint, name), CheckpointStore.PeerFolder(start, name), Main.Workers)));
                RequireSameTokens(name, peers[^1].Parts);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The model of the recipe.</summary>
    public TrainingParts Main { get; }

    /// <summary>The stages in which the run trains something, in order.</summary>
    public IReadOnlyList<TrainingStage> Stages => Main.Stages;

    /// <summary>The trainer of a stage, where the state says that the run is.</summary>
    public IStageTrainer CreateTrainer(TrainingStage stage, TrainerState state)
    {
        IStageTrainer trainer = peers.Count == 0 ? Main.CreateTrainer(stage) : CreatePeerTrainer(stage);
        if (checkpoint is not null && state.Position.Step > 0)
        {
            CheckpointStore.Restore(checkpoint, trainer, state);
        }

        return trainer;
    }

    /// <summary>Measures the models: that of the recipe last, the others under their names before it.</summary>
    /// <param name="label">When it is measured.</param>
    /// <param name="stage">The stage whose models are measured; null for the policies.</param>
    /// <param name="step">Finished steps, for messages.</param>
    /// <returns>The results, each with what its metrics begin with.</returns>
    public IReadOnlyList<(string Prefix, EvaluationResult Result)> Evaluate(string label, TrainingStage? stage, int step)
    {
        List<(string, EvaluationResult)> results = [];
        foreach ((string name, TrainingParts parts) in ModelsOf(stage).Skip(1))
        {
            results.Add((PeerMetrics.Prefix(name), EvaluatorOf(parts).Evaluate($"{label} ({name})", step)));
        }

        results.Add(("", EvaluatorOf(Main).Evaluate(label, step)));
        return results;

        Evaluator EvaluatorOf(TrainingParts parts) => stage is { } known ? parts.EvaluatorOf(known) : parts.Evaluator;
    }

    /// <summary>Writes the models of a checkpoint, every bit of them.</summary>
    public void Save(string target)
    {
        foreach ((string name, TrainingParts parts) in peers)
        {
            parts.SaveModels(CheckpointStore.PeerFolder(target, name));
        }

        Main.SaveModels(target);
    }

    /// <summary>Writes the trained models in Hugging Face layout.</summary>
    public void Export(RunFolder folder)
    {
        foreach ((string name, TrainingParts parts) in peers)
        {
            parts.Export(Path.Combine(folder.Peers, name));
        }

        Main.Export(folder.Model);
    }

    public void Dispose()
    {
        foreach ((_, TrainingParts parts) in peers)
        {
            parts.Dispose();
        }

        // Last, because its threads are those of all.
        Main.Dispose();
    }

    private IPromptSource? ShareOf(IPromptSource? prompts, int place) => recipe is { Policy: { } policy, Peers.Sharing: not RolloutSharing.None } && prompts is not null
        ? new PromptShare(prompts, (ulong)recipe.Seed, policy.Prompts, ModelRecipes.FirstPrompt(recipe, place))
        : prompts;

    /// <summary>The models that a stage trains, that of the recipe first and without a name.</summary>
    private IEnumerable<(string Name, TrainingParts Parts)> ModelsOf(TrainingStage? stage) =>
        peers.Where(peer => stage is not { } known || peer.Parts.Stages.Contains(known)).Prepend(("", Main));

    private IStageTrainer CreatePeerTrainer(TrainingStage stage)
    {
        (string Name, IStageTrainer Trainer)[] trainers = [.. ModelsOf(stage).Select(model => (model.Name, model.Parts.CreateTrainer(stage)))];
        return stage == TrainingStage.Policy && recipe.Peers!.Sharing != RolloutSharing.None
            ? new SharedRolloutTrainer([.. trainers.Select(one => (one.Name, (PolicyTrainer)one.Trainer))], NewExchange(recipe.Policy!, recipe.Peers.Sharing))
            : new SideBySideTrainer(trainers);
    }

    private RolloutExchange NewExchange(PolicyStage stage, RolloutSharing sharing) => new(
        sharing, Main.Tokenizer, ParallelRollouts.TurnEnds(Main.Environment, Main.Tokenizer), Main.Rewards, stage.ResponseTokens, Main.Model.Configuration.MaximumPositions);

    /// <summary>Models that read each other's tokens must mean the same by them, and have room for them.</summary>
    private void RequireSameTokens(string name, TrainingParts peer)
    {
        ITokenizer ours = Main.Tokenizer, theirs = peer.Tokenizer;
        if (ours.VocabularySize != theirs.VocabularySize
            || ours.EndOfSequence != theirs.EndOfSequence
            || Enumerable.Range(0, ours.VocabularySize).Any(token => !ours.Bytes(token).SequenceEqual(theirs.Bytes(token))))
        {
            throw new InvalidDataException($"The model of peer '{name}' has another tokenizer than that of the recipe, expected the same: peers read each other's tokens.");
        }

        if (Main.Model.Configuration.MaximumPositions != peer.Model.Configuration.MaximumPositions)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"The model of peer '{name}' has a context of {peer.Model.Configuration.MaximumPositions}, expected {Main.Model.Configuration.MaximumPositions}: peers read each other's responses."));
        }
    }
}
