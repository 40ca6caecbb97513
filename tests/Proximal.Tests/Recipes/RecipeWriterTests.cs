using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

public sealed class RecipeWriterTests
{
    private readonly RecipeReader reader = new(new TestComponents());

    [Theory]
    [InlineData("task: mod")]
    [InlineData("task: mod\npolicy: {}\nsupervised: {}")]
    [InlineData("task: mod\nmodel: { checkpoint: ../shared/models/a b }\npolicy: { correction: truncated, regularizers: [], selection: [drop-zero-variance], rewards: [score, { name: overlong, weight: -0.1 }] }")]
    [InlineData("task: { name: mod, high: 1e300, low: 1e-300, label: \"a \\\"quoted\\\" \\\\ \\n \\u2028 # text: ü\", levels: [0.1, 1e-7], words: ['a, b', 'true', '5', ''] }\nsupervised: { schedule: { name: cosine, floor: 0.1 }, optimizer: muon }")]
    [InlineData("task: { name: mod, label: ~x, words: [no, null] }")]
    public void Reading_what_was_written_gives_an_equal_recipe_and_the_same_bytes(string yaml)
    {
        Recipe recipe = reader.Read(yaml.Replace(", null]", "]", StringComparison.Ordinal));

        string written = RecipeWriter.Write(recipe);
        Recipe again = reader.Read(written);

        Assert.Equal(recipe, again);
        Assert.Equal(written, RecipeWriter.Write(again));
    }

    [Fact]
    public void Writes_every_key_with_its_value() =>
        Assert.Equal(
            """
            name: run
            seed: 1
            workers: 0
            model:
              checkpoint: some/folder
            task: { name: mod, low: 0.2, high: 0.3, count: 3, dual: false, label: plain, kind: number, levels: [], words: [] }
            mixture: []
            environment: single-turn
            evaluation:
              every: 10
              prompts: 200
              samples: 1
              temperature: 0
              top-p: 1
              response-tokens: 0
            supervised:
              steps: 150
              batch: 64
              demonstration-noise: 0
              answer-hints: 0
              gradient-clip: 1
              task: none
              mixture: []
              weighting: none
              optimizer: { name: lion, learning-rate: 0.0001, beta1: 0.9, beta2: 0.99, weight-decay: 0 }
              schedule: { name: constant, warm-up: 0 }
            checkpoints:
              every: 20
              keep: 2
            recording:
              every: 10
              prompts: 2
              megabytes: 64

            """,
            RecipeWriter.Write(reader.Read("task: mod\nmodel: { checkpoint: some/folder }\nsupervised: { optimizer: lion }")));

    [Fact]
    public void A_recipe_made_in_code_is_written_like_one_that_was_read()
    {
        Recipe read = reader.Read("task: { name: mod, count: 5 }\nseed: 3");
        Recipe made = new() { Task = new ComponentChoice(TestComponents.Define(Seam.Tasks, "mod"), new TestOptions { Count = 5 }), Seed = 3 };

        Assert.Equal(read, made);
        Assert.NotEqual(read, made with { Seed = 4 });
        Assert.Equal(RecipeWriter.Write(read), RecipeWriter.Write(made));
    }

    [Fact]
    public void A_choice_in_code_refuses_impossible_options()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => new ComponentChoice(TestComponents.Clip, new TestOptions { Low = 2 }));

        Assert.StartsWith("ppo: 'low' is 2, expected 0 to 1.", fault.Message, StringComparison.Ordinal);
    }
}
