// One objective on plain arrays, without a model or a trainer: GRPO's advantages, PPO's clip, and the gradient of the loss.
using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;

// Four answers to one prompt, laid end to end: which tokens belong to which answer, and what each answer earned.
int[] offsets = [0, 3, 5, 8, 10];
float[] rewards = [1, 0, 0, 1];
float[] old = [-0.5f, -1.2f, -0.1f, -0.9f, -0.3f, -2.0f, -0.7f, -0.4f, -1.1f, -0.6f];
float[] current = [-0.4f, -0.9f, -0.2f, -1.0f, -0.7f, -1.6f, -0.7f, -0.3f, -1.0f, -0.2f];
float[] mask = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];

// Every formula is a static function on spans.
float[] perAnswer = new float[4];
GroupRelativeAdvantage.Compute(rewards, perAnswer, GroupNormalization.SampleDeviation, epsilon: 1e-6);
float[] advantages = new float[10], ratios = new float[10], weights = new float[10];
for (int answer = 0; answer < 4; answer++)
{
    advantages.AsSpan(offsets[answer]..offsets[answer + 1]).Fill(perAnswer[answer]);
}

TokenRatio.Compute(current, old, mask, ratios);
Surrogate surrogate = Surrogate.Allocate(10);
PpoClipping.Compute(ratios, advantages, mask, new PpoClippingOptions { Low = 0.2, High = 0.2 }, surrogate);
LossAggregation.Compute(AggregationMode.SequenceMeanTokenMean, mask, offsets, scale: 1, weights);

Console.WriteLine("token  advantage  ratio  loss    d loss / d log-probability");
double loss = 0;
float[] gradient = new float[10];
for (int t = 0; t < 10; t++)
{
    loss += weights[t] * surrogate.Loss[t];
    gradient[t] = weights[t] * surrogate.RatioGradient[t] * ratios[t];
    Console.WriteLine($"{t,5}  {advantages[t],9:F4}  {ratios[t]:F3}  {surrogate.Loss[t],6:F3}  {gradient[t],8:F5}{(surrogate.Clipped[t] != 0 ? "  clipped" : "")}");
}

Console.WriteLine($"loss {loss:F6}");

// The same objective from the catalog of published ones, as a recipe assembles it, on the same numbers.
PathBatch batch = new(offsets, groupOffsets: [0, 4]);
mask.CopyTo(batch.Mask);
old.CopyTo(batch.Old);
current.CopyTo(batch.Current);
rewards.CopyTo(batch.Rewards);
batch.ResetWeights();
ObjectivePreset grpo = ObjectivePresets.Grpo with { Regularizers = [] };
grpo.Advantage.Create<IAdvantage>().Compute(batch);
ObjectiveGradients assembled = ObjectiveGradients.Allocate(10);
double assembledLoss = grpo.CreateObjective().Evaluate(batch, assembled).Loss;
Console.WriteLine($"loss {assembledLoss:F6} as assembled");
return Math.Abs(loss - assembledLoss) < 1e-6 && assembled.Current.SequenceEqual(gradient) ? 0 : 1;
