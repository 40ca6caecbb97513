using Proximal.Environments;
using Proximal.Models.Checkpoints;
using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Supplements;
using Proximal.Tasks;

namespace Proximal.Training;

/// <summary>The model and tokenizer that a recipe asks for: a checkpoint, or a new model over the symbols of task and environment.</summary>
internal static class ModelFactory
{
    private const string Begin = "<bos>";
    private const string End = "<eos>";
    private const string Padding = "<pad>";

    public static (LlamaModel Model, ITokenizer Tokenizer) Create(Recipe recipe, ITask task, IEnvironment environment)
    {
        ModelSettings settings = recipe.Model;
        if (settings.IsCheckpoint)
        {
            string folder = settings.Checkpoint;
            return (LlamaModel.Load(folder), CheckpointFolder.ReadTokenizer(folder));
        }

        SymbolTokenizer tokenizer = NewTokenizer([.. Symbols(recipe, task, environment)]);
        LlamaConfiguration configuration = new()
        {
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = settings.Width,
            IntermediateSize = settings.FeedForwardWidth,
            Layers = settings.Layers,
            Heads = settings.Heads,
            KeyValueHeads = settings.KeyValueHeadCount,
            HeadDimension = settings.Width / settings.Heads,
            MaximumPositions = settings.Context,
            Experts = settings.Experts,
            ExpertsPerToken = settings.ExpertsPerToken,
            TieEmbeddings = settings.TieEmbeddings,
            BeginOfSequence = tokenizer.BeginOfSequence,
            EndOfSequence = [tokenizer.EndOfSequence!.Value],
            Padding = tokenizer.Padding,
        };
        configuration.Validate();
        return (LlamaModel.Create(configuration, (ulong)recipe.Seed), tokenizer);
    }

    /// <summary>
    /// Everything that the run reads and writes: the symbols of task, environment and collection, those of the tasks of other stages, and those of hints and
    /// supplements.
    /// </summary>
    public static IEnumerable<string> Symbols(Recipe recipe, ITask task, IEnvironment environment) =>
    [
        .. task.Symbols,
        .. environment.Symbols,
        .. recipe.Policy is { } policy ? Symbols(policy) : [],
        .. recipe.Supervised?.Teacher?.Task?.Create<ITask>().Symbols ?? [],
        .. recipe.Supervised?.CreateTask()?.Symbols ?? [],
        .. recipe.Supervised is { AnswerHints: > 0 } ? TaskHints.AnswerSymbols : [],
    ];

    /// <summary>What policy optimization reads and writes beyond task and environment: the symbols of the collection and of supplements.</summary>
    public static IEnumerable<string> Symbols(PolicyStage policy) =>
    [
        .. policy.Collection.Create<CollectionSettings>().Symbols,
        .. policy.Supplements.SelectMany(choice => choice.Create<SupplementSettings>().Symbols),
    ];

    private static SymbolTokenizer NewTokenizer(IReadOnlyList<string> symbols)
    {
        string characters = string.Concat(symbols.Where(symbol => symbol.Length == 1).Distinct());
        string[] special = [Begin, End, Padding, .. symbols.Where(symbol => symbol.Length > 1 && symbol is not (Begin or End or Padding)).Distinct()];
        return new SymbolTokenizer(characters, special, Begin, End, Padding);
    }
}
