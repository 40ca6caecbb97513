// Loads a trained run and continues prompts token by token. Without an argument it first trains a small model to reverse four letters.
using Proximal.Models.Checkpoints;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tensors.Random;
using Proximal.Training;

string? temporary = args.Length > 0 ? null : Directory.CreateTempSubdirectory("proximal-").FullName;
RunFolder run = new(temporary ?? args[0]);
string[] prompts = args.Length > 1 ? args[1..] : ["aced>", "dbca>", "face>"];
if (temporary is not null)
{
    DelegateTask reverse = new("reverse", "abcdef>", Problem);
    Recipe recipe = new()
    {
        Name = "reverse",
        Model = new() { Layers = 2, Width = 64, Heads = 4, Context = 12 },
        Task = ComponentChoice.Of(reverse),
        Supervised = new() { Steps = 150, Batch = 64 },
    };
    using TrainingSession session = new(recipe, run);
    Console.WriteLine($"trained: {session.Run().Evaluations[^1].Exact:P0} of held-out words reversed");
}

int right = 0;
using (LlamaModel model = LlamaModel.Load(run.Model))
using (Generator generator = new(model, new SamplingOptions { Temperature = 0 }))
{
    ITokenizer tokenizer = CheckpointFolder.ReadTokenizer(run.Model);
    foreach (string prompt in prompts)
    {
        TokenTree tree = new(tokenizer.EncodePrompt(prompt));
        TokenSegment answer = tree.Branch(0, SegmentOrigin.Policy);
        TokenTextStream text = new(tokenizer, keepSpecial: false);
        Console.Write(prompt + " ");
        generator.Run([new GenerationJob(tree, answer, new RandomStream(1, RandomPurpose.User), Budget: 64)], (_, token) => Console.Write(text.Append(token)));
        Console.WriteLine(text.Flush());
        right += tokenizer.Decode(answer.Tokens[..^1]) == string.Concat(prompt.TrimEnd('>').Reverse()) ? 1 : 0;
    }
}

if (temporary is null)
{
    return 0;
}

Directory.Delete(temporary, recursive: true);
return right == prompts.Length ? 0 : 1;

static (string Prompt, string Answer) Problem(long number)
{
    string word = string.Concat(Enumerable.Range(0, 4).Select(i => (char)('a' + ((number >> (8 * i)) % 6))));
    return (word + ">", string.Concat(word.Reverse()));
}
