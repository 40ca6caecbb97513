using System.Text.Json;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Runs that take a blink: a model of one layer that learns digit completion for a few steps.</summary>
internal static class TinyRuns
{
    /// <summary>The policy stages that are tried: every kind of state that a checkpoint holds.</summary>
    public static TheoryData<string> PolicyStages =>
    [
        "objective: grpo\n  sampling: { temperature: 0.8, top-p: 0.95 }\n  regularizers: [ { name: kl, adaptive: true, horizon: 20 } ]",
        "objective: grpo\n  regularizers: [ { name: kl, estimator: full }, { name: entropy, coefficient: 0.01 } ]\n  optimizer: { name: muon }",
        "objective: ppo\n  shaping: [ { name: kl, adaptive: true, horizon: 20, coefficient: 0.05 } ]\n  critic: { warm-up: 1 }",
        "objective: dapo\n  optimizer: { name: lion }\n  schedule: { name: cosine }",
        "objective: reinforce\n  optimizer: { name: sgd, momentum: 0.9 }",
        "objective: remax",
        "objective: grpo\n  collection: { name: stale, lag: 3, noise: 0.2 }",
        "objective: capo-curvature\n  selection: [ { name: capo, calibration-steps: 3, quantile: 0.5 } ]\n  regularizers: [ { name: llds } ]",
        "objective: campo-miromind\n  collection: { name: staged, limits: [ 3, 8 ], window: 2 }",
        "objective: t-ppo\n  rollouts: 1\n  collection: { name: partial, window: 2, critic-batch: 3 }",
        "objective: rexrag\n  collection: { name: rexrag, pool: [ '<hm>', '<hm>1' ], probability: 1, kappa-max: 0.5, rate: 1 }",
        "objective: remix-offpolicy\n  reference-reset: 3\n  collection: { name: replay, share: 0.5, until: 4 }",
    ];

    public static Recipe Recipe(string policy, int workers = 1, string supervised = "steps: 4", params string[] overrides) =>
        new RecipeReader(Catalog.CreateDefault()).Read(Yaml(policy, workers, supervised), overrides: overrides);

    public static string Yaml(string policy, int workers = 1, string supervised = "steps: 4") => $$"""
        name: tiny
        seed: 3
        workers: {{workers}}
        model: { layers: 1, width: 16, heads: 2, key-value-heads: 1, context: 40 }
        task: digit-completion
        evaluation: { every: 3, prompts: 6 }
        checkpoints: { every: 2 }
        recording: { every: 1 }
        supervised: { {{supervised}}, batch: 6, demonstration-noise: 0.3, optimizer: { name: adamw, learning-rate: 1e-2 } }
        policy:
          steps: 5
          prompts: 4
          updates: 2
          epochs: 2
          response-tokens: 8
          {{(policy.Contains("rollouts: 1", StringComparison.Ordinal) ? "" : "rollouts: 3")}}
          {{policy}}
        """;

    /// <summary>Runs to the end in a folder.</summary>
    public static TrainingOutcome Train(Recipe recipe, string folder, Action<TrainingOverrides>? configure = null, ITrainingObserver? observer = null)
    {
        using TrainingSession session = new(recipe, new RunFolder(folder), observer, configure);
        return session.Run();
    }

    /// <summary>The bytes of the trained weights.</summary>
    public static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "model", "model.safetensors"));

    /// <summary>Asserts that two finished runs have the same weights, samples, recorded rollouts, evaluations and metrics, times aside.</summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(Weights(expected), Weights(actual));
        Assert.Equal(File.ReadAllText(new RunFolder(expected).Samples), File.ReadAllText(new RunFolder(actual).Samples));
        Assert.Equal(Rollouts(expected), Rollouts(actual));
        Assert.Equal(Metrics(expected), Metrics(actual));
    }

    /// <summary>The files of recorded rollouts, each after its name.</summary>
    public static string[] Rollouts(string folder) =>
        [.. Directory.GetFiles(new RunFolder(folder).Rollouts).Order(StringComparer.Ordinal).SelectMany(path => (string[])[Path.GetFileName(path), File.ReadAllText(path)])];

    /// <summary>The lines of the metrics without the numbers that are times.</summary>
    public static string[] Metrics(string folder) => [.. File.ReadLines(new RunFolder(folder).Metrics).Select(WithoutTimes)];

    private static string WithoutTimes(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return string.Join(' ', document.RootElement.EnumerateObject().Where(p => !p.Name.Contains("time/", StringComparison.Ordinal)));
    }
}
