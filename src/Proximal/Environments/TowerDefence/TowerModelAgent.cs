using Proximal.Models.Generation;
using Proximal.Runs;
using Proximal.Tasks.Games;
using Proximal.Tensors.Random;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Environments.TowerDefence;

/// <summary>A language model of this machine that plays whole games: for each decision it is told the state anew and its most likely action is taken.</summary>
public sealed class TowerModelAgent : ITowerAgent, IDisposable
{
    private readonly TextGenerator generator;

    /// <summary>Creates the agent.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="policy">The model, which was trained on <see cref="TowerTask"/> or knows its words.</param>
    public TowerModelAgent(string name, TrainedPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Name = name;
        generator = policy.CreateTextGenerator(new SamplingOptions { Temperature = 0 });
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Malformed { get; private set; }

    /// <inheritdoc/>
    public void Begin(TowerWorld world, ulong seed)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model's tokenizer does not know the words of the game.</exception>
    public TowerAction Choose(TowerWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        GeneratedText answer = generator.Generate(TowerLanguage.Prompt(world), TowerLanguage.ActionSymbols + 3, new RandomStream(1, RandomPurpose.Evaluation, world.Decision));
        TowerAction? action = TowerLanguage.Read(world, answer.Text);
        Malformed = action is null;
        return action ?? default;
    }

    /// <summary>Frees the caches of the model.</summary>
    public void Dispose() => generator.Dispose();
}
