namespace Proximal.Recipes.Sections;

/// <summary>The keys of a recipe.</summary>
internal static class RecipeSections
{
    private const string OptimizerHelp = "Parameter updates from gradients.";
    private const string ScheduleHelp = "How the learning rate moves over the stage.";

    private static RecipeSection<ModelSettings> Model { get; } = new RecipeSection<ModelSettings>(ModelSettings.Schema)
        .Exclusive("checkpoint", (model, key) => model.IsCheckpoint == (key == "checkpoint"));

    private static RecipeSection<EvaluationSettings> Evaluation { get; } = new(EvaluationSettings.Schema);

    private static RecipeSection<CheckpointSettings> Checkpoints { get; } = new(CheckpointSettings.Schema);

    private static RecipeSection<RecordingSettings> Recording { get; } = new(RecordingSettings.Schema);

    private static RecipeSection<PretrainingMix> Pretraining { get; } = new(PretrainingMix.Schema);

    private static RecipeSection<SamplingSettings> Sampling { get; } = new(SamplingSettings.Schema);

    private static RecipeSection<CriticSettings> Critic { get; } = new(CriticSettings.Schema);

    private static RecipeSection<TeacherSettings> Teacher { get; } = new RecipeSection<TeacherSettings>(TeacherSettings.Schema)
        .Add(new OptionalComponentField<TeacherSettings>("task", "Whose demonstrations train the teacher; none for the task of the run.", Seam.Tasks, t => t.Task, (t, v) => t with { Task = v }))
        .Component("optimizer", OptimizerHelp, Seam.Optimizers, t => t.Optimizer, (t, v) => t with { Optimizer = v })
        .Component("schedule", ScheduleHelp, Seam.Schedules, t => t.Schedule, (t, v) => t with { Schedule = v });

    private static RecipeSection<SupervisedStage> Supervised { get; } = new RecipeSection<SupervisedStage>(SupervisedStage.Schema)
        .Add(new OptionalComponentField<SupervisedStage>("task", "Whose demonstrations are learned from; none for the task of the run.", Seam.Tasks, s => s.Task, (s, v) => s with { Task = v }))
        .Components("mixture", "More tasks to mix with 'task', each with its weight against the 1 of 'task'.", Seam.Tasks, s => s.Mixture, (s, v) => s with { Mixture = v }, weighted: true)
        .Add(new OptionalComponentField<SupervisedStage>("weighting", "Weights on the tokens of demonstrations.", Seam.Weighting, s => s.Weighting, (s, v) => s with { Weighting = v }))
        .Section("teacher", "A model that writes the demonstrations, in place of the task.", Teacher, _ => new(), s => s.Teacher, (s, v) => s with { Teacher = v })
        .Component("optimizer", OptimizerHelp, Seam.Optimizers, s => s.Optimizer, (s, v) => s with { Optimizer = v })
        .Component("schedule", ScheduleHelp, Seam.Schedules, s => s.Schedule, (s, v) => s with { Schedule = v });

    private static RecipeSection<PolicyStage> Policy { get; } = new RecipeSection<PolicyStage>(PolicyStage.Schema)
        .Section("sampling", "How rollouts are drawn from the policy.", Sampling, _ => new(), s => s.Sampling, (s, v) => s with { Sampling = v })
        .Add(new ObjectiveField())
        .Component("collection", "Where the rollouts of a step come from.", Seam.Rollouts, s => s.Collection, (s, v) => s with { Collection = v })
        .Components("shaping", "Changes to rewards before advantages see them.", Seam.Shaping, s => s.Shaping, (s, v) => s with { Shaping = v })
        .Component("advantage", "Rewards to advantages.", Seam.Advantages, s => s.Advantage, (s, v) => s with { Advantage = v })
        .Component("ratio", "Log-probabilities to importance ratios.", Seam.Ratios, s => s.Ratio, (s, v) => s with { Ratio = v })
        .Add(new OptionalComponentField<PolicyStage>("correction", "Weights that correct for a sampler which differs from the trainer.", Seam.Corrections, s => s.Correction, (s, v) => s with { Correction = v }))
        .Component("clipping", "Ratio and advantage to a surrogate loss.", Seam.Clipping, s => s.Clipping, (s, v) => s with { Clipping = v })
        .Components("regularizers", "Penalties and bonuses next to the surrogate.", Seam.Regularizers, s => s.Regularizers, (s, v) => s with { Regularizers = v })
        .Component("aggregation", "Losses of tokens to one number.", Seam.Aggregation, s => s.Aggregation, (s, v) => s with { Aggregation = v })
        .Components("selection", "Weights on rollouts and tokens.", Seam.Selection, s => s.Selection, (s, v) => s with { Selection = v })
        .Components("rewards", "Terms of the reward; empty for the verifier's score.", Seam.Rewards, s => s.Rewards, (s, v) => s with { Rewards = v }, weighted: true)
        .Section("critic", "The critic of methods that need one.", Critic, _ => new(), s => s.Critic, (s, v) => s with { Critic = v })
        .Components("supplements", "Losses beside that of the rollouts, from targets of their own.", Seam.Supplements, s => s.Supplements, (s, v) => s with { Supplements = v })
        .Section("pretraining", "The loss of demonstrations beside that of the policy.", Pretraining, _ => new(), s => s.Pretraining, (s, v) => s with { Pretraining = v })
        .Component("optimizer", OptimizerHelp, Seam.Optimizers, s => s.Optimizer, (s, v) => s with { Optimizer = v })
        .Component("schedule", ScheduleHelp, Seam.Schedules, s => s.Schedule, (s, v) => s with { Schedule = v });

    /// <summary>The recipe itself.</summary>
    public static RecipeSection<Recipe> Root { get; } = new RecipeSection<Recipe>(Recipe.Schema)
        .Section("model", "Where the policy starts from: a checkpoint folder, or a new transformer.", Model, _ => new(), r => r.Model, (r, v) => r with { Model = v })
        .Component("task", "Prompts and their verifier.", Seam.Tasks, r => r.Task, (r, v) => r with { Task = v })
        .Components("mixture", "More tasks to mix with 'task', each with its weight against the 1 of 'task'.", Seam.Tasks, r => r.Mixture, (r, v) => r with { Mixture = v }, weighted: true)
        .Component("environment", "What answers the policy's turns.", Seam.Environments, r => r.Environment, (r, v) => r with { Environment = v })
        .Section("evaluation", "How and when held-out prompts are tried.", Evaluation, _ => new(), r => r.Evaluation, (r, v) => r with { Evaluation = v })
        .Section("supervised", "Learning from demonstrations, before the policy stage.", Supervised, _ => new(), r => r.Supervised, (r, v) => r with { Supervised = v })
        .Section("policy", "Learning from rewards of the policy's own rollouts.", Policy, _ => PolicyStage.CreateUnset(), r => r.Policy, (r, v) => r with { Policy = v })
        .Section("checkpoints", "When the run is saved.", Checkpoints, _ => new(), r => r.Checkpoints, (r, v) => r with { Checkpoints = v })
        .Section("recording", "Which rollouts are kept token by token.", Recording, _ => new(), r => r.Recording, (r, v) => r with { Recording = v })
        .Add(new PeersField(Model, Supervised));
}
