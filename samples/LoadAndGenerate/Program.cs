// Loads a trained run and lets it write, token by token: `LoadAndGenerate RUN PROMPT...`. Without arguments it first trains a small model to
// reverse four letters, in a temporary folder.
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tensors.Random;
using Proximal.Training;

string? temporary = args.Length > 0 ? null : Directory.CreateTempSubdirectory("proximal-").FullName;
string run = temporary ?? args[0];
string[] prompts = args.Length > 1 ? args[1..] : ["aced>", "dbca>", "face>"];
if (temporary is not null)
{
    Recipe recipe = new()
    {
        Name = "reverse",
        Model = new() { Layers = 2, Width = 64, Heads = 4, Context = 12 },
        Task = ComponentChoice.Of(new DelegateTask("reverse", "abcdef>", Problem)),
        Supervised = new() { Steps = 150, Batch = 64 },
    };
    using TrainingSession session = new(recipe, run);
    Console.WriteLine($"trained: {session.Run().Evaluations[^1].Exact:P0} of held-out words reversed");
}

int right = 0;
using (TrainedPolicy policy = TrainedPolicy.Load(run))
using (Generator generator = new(policy.Model, new SamplingOptions { Temperature = 0 }))
{
    foreach (string prompt in prompts)
    {
        // A tree of tokens: the prompt, and below it the segment that is sampled.
        TokenTree tree = new(policy.Tokenizer.EncodePrompt(prompt));
        TokenSegment answer = tree.Branch(0, SegmentOrigin.Policy);
        TokenTextStream text = new(policy.Tokenizer, keepSpecial: false);
        Console.Write($"{prompt} ");
        generator.Run([new(tree, answer, new RandomStream(1, RandomPurpose.User), Budget: 64)], (_, token) => Console.Write(text.Append(token)));
        Console.WriteLine(text.Flush());
        right += policy.Tokenizer.Decode(answer.Tokens[..^1]) == string.Concat(prompt[..^1].Reverse()) ? 1 : 0;
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
