// Reinforcement learning with a reward that is a C# lambda: a small transformer learns to write even digits.
using Proximal.Objectives;
using Proximal.Optimizers;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Tasks;
using Proximal.Training;

// Prompts are numbers. Nobody demonstrates anything: all that the model learns comes from the reward.
DelegateTask task = new("numbers", "0123456789", number => ($"{number % 1000}", ""));

// The share of the eight allowed tokens that are even digits.
DelegateReward evenDigits = new(trajectory => trajectory.Response.Count(c => "02468".Contains(c)) / 8f);

Recipe recipe = new()
{
    Name = "even-digits",
    Model = new() { Layers = 2, Width = 32, Heads = 2, Context = 16 },
    Task = ComponentChoice.Of(task),
    Policy = ObjectivePresets.DrGrpo.CreateStage() with
    {
        Steps = 30,
        Prompts = 8,
        Rollouts = 8,
        ResponseTokens = 8,
        Rewards = [ComponentChoice.Of("even-digits", evenDigits)],
        Optimizer = new(OptimizerModule.AdamW, new AdamWSettings { LearningRate = 1e-3 }),
    },
};

string folder = Directory.CreateTempSubdirectory("proximal-").FullName;
List<double> rewards = [];
DelegateObserver observer = new()
{
    StepFinished = step =>
    {
        rewards.Add(step["reward/mean"]);
        if (step.Step % 3 == 0)
        {
            Console.WriteLine($"step {step.Step,2}   reward {step["reward/mean"]:F3}   entropy {step["policy/entropy"]:F3}");
        }
    },
};

using (TrainingSession session = new(recipe, folder, observer))
{
    EvaluationResult after = session.Run().Evaluations[^1];
    Console.WriteLine($"prompt {after.Answers[0].Prompt} -> {after.Answers[0].Response}");
}

Directory.Delete(folder, recursive: true);
Console.WriteLine($"reward rose from {rewards[0]:F3} to {rewards[^1]:F3}");
return rewards[^1] > rewards[0] + 0.3 ? 0 : 1;
