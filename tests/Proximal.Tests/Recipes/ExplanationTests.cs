using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;

namespace Proximal.Tests.Recipes;

public sealed class ExplanationTests
{
    private static readonly RecipeReader Reader = new(new TestComponents());

    [Fact]
    public void Arithmetic_multiplies_the_three_numbers()
    {
        StepArithmetic arithmetic = new(Reader.Read("task: mod\npolicy: { steps: 60, prompts: 32, rollouts: 8, updates: 3, epochs: 2, response-tokens: 24 }").Policy!);

        Assert.Equal(256, arithmetic.Sequences);
        Assert.Equal(6_144, arithmetic.Tokens);
        Assert.Equal((10, 11), (arithmetic.SmallestMinibatch, arithmetic.LargestMinibatch));
        Assert.Equal(6, arithmetic.OptimizerSteps);
        Assert.Equal((15_360m, 368_640m, 360L), (arithmetic.TotalSequences, arithmetic.TotalTokens, arithmetic.TotalOptimizerSteps));
    }

    [Fact]
    public void Arithmetic_reads_as_words() =>
        Assert.Equal(
            """
            A step takes 32 prompts and samples 8 rollouts for each: 32 x 8 = 256 sequences
            of at most 24 tokens, 6,144 tokens in all. The whole batch makes one minibatch
            of 32 prompts (256 sequences) and is gone through once: 1 x 1 = 1 optimizer step
            a step. 60 steps: 15,360 sequences, at most 368,640 tokens, 60 optimizer steps.

            """,
            new StepArithmetic(Reader.Read("task: mod\npolicy: { response-tokens: 24 }").Policy!).Describe());

    [Fact]
    public void Weights_of_a_known_checkpoint_are_counted()
    {
        ModelShape digitCompletion = new(Layers: 4, Width: 128, Heads: 4, KeyValueHeads: 4, HeadWidth: 32, FeedForward: 344, Vocabulary: 16, TieEmbeddings: false);

        Assert.Equal(795_776, digitCompletion.Weights);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    public void Weights_of_a_new_model_are_counted(int experts, int perToken)
    {
        LlamaConfiguration configuration = new()
        {
            VocabularySize = 11,
            HiddenSize = 12,
            IntermediateSize = 10,
            Layers = 2,
            Heads = 3,
            Experts = experts,
            ExpertsPerToken = perToken,
        };
        using LlamaModel model = LlamaModel.Create(configuration, seed: 1);
        Assert.Equal(model.ParameterCount, ModelShape.Of(configuration).Weights);
    }

    [Fact]
    public void Memory_adds_up()
    {
        TestComponents components = new();
        components.Add(new ComponentDefinition<object, NoOptions>(new ComponentInfo("needy", Seam.Selection, "", "", ""), NoOptions.Schema, _ => new Needy()));
        Recipe recipe = new RecipeReader(components).Read("task: mod\npolicy: { prompts: 4, rollouts: 2, updates: 2, response-tokens: 8, selection: [needy] }");
        ModelShape shape = new(1, 8, 2, 1, 4, 16, 10, TieEmbeddings: true);
        double weights = 4 * ((10 * 8) + (2 * 64) + (2 * 32) + (3 * 128) + 16 + 8);

        MemoryEstimate memory = MemoryEstimate.Of(recipe, shape, promptTokens: 4, demonstrationTokens: 5);

        Assert.Equal(weights, memory.Weights);
        Assert.Equal(2 * weights, memory.OptimizerState);
        Assert.Equal(weights, memory.Reference);
        Assert.Equal(4 * weights, memory.Critic);
        Assert.Equal(4 * (2 * (4 + 16)) * (32 + 16 + 8 + 48 + 16), memory.Activations);
        Assert.Equal(4 * (4 * (4 + 16)) * 8, memory.Cache);
        Assert.Equal((9 * weights) + memory.Activations, memory.Total);
    }

    [Fact]
    public void The_objective_names_every_component_with_formula_and_source()
    {
        string text = ObjectiveMath.ToText(Reader.Read("task: mod\npolicy: { correction: truncated, regularizers: [kl, entropy], selection: [drop-zero-variance] }"));

        Assert.StartsWith("  L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} )\n", text, StringComparison.Ordinal);
        Assert.All(["grpo(x) = x", "token(x) = x", "truncated(x) = x", "ppo(x) = x", "kl(x) = x", "entropy(x) = x", "sequence-mean(x) = x"], formula => Assert.Contains(formula, text, StringComparison.Ordinal));
        Assert.Contains("[A paper]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_tells_of_teachers_preferences_and_pretraining()
    {
        Recipe recipe = new RecipeReader(Catalog.CreateDefault()).Read(
            "task: polite-sentence\nsupervised: { weighting: pear, teacher: { task: { name: polite-sentence, curt: 1 }, begin: 20 } }\npolicy: { objective: ppo-max, rewards: [reward-model] }");

        string text = RecipeExplanation.Describe(recipe, MemoryEstimate.Of(recipe)).ReplaceLineEndings(" ");

        Assert.All(
            ["A teacher learns first, in 150 steps", "after 20 steps on the task's own", "Weights of tokens: pear", "answers 500 prompts twice", "- 0.1 E_demonstrations[log π_θ]", "  teacher ", "  reward model "],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_explanation_tells_of_easier_demonstrations_hints_and_losses_beside_the_objective()
    {
        Recipe recipe = new RecipeReader(Catalog.CreateDefault()).Read(
            "task: { name: modular-chain, difficulty: 4 }\nsupervised: { task: { name: modular-chain, difficulty: 2 }, answer-hints: 0.1 }\npolicy: { objective: expo }");

        string text = string.Join(' ', RecipeExplanation.Describe(recipe).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.All(
            ["They are of modular-chain (difficulty 2,", "A share of 0.1 of the prompts carries the answer as a hint", "p_{i,t} ) + S", "S supplement: self-explanation (coefficient 0.04,"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_explanation_is_at_most_eighty_characters_wide()
    {
        Recipe recipe = Reader.Read("task: { name: mod, label: " + new string('x', 200) + " }\nsupervised: { demonstration-noise: 0.3 }\npolicy: {}");

        string text = RecipeExplanation.Describe(recipe, MemoryEstimate.Of(recipe, ModelShape.Of(recipe.Model, 30), 10, 10));

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("9,600 demonstrations in all", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private sealed class Needy : IRequires
    {
        public Requirements Requirements => Requirements.Reference | Requirements.Critic;
    }
}
