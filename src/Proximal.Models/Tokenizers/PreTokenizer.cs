using System.Text.Json;
using System.Text.RegularExpressions;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>Cuts text into the pieces within which byte pairs merge, by the patterns of <c>pre_tokenizer</c>, one after the other.</summary>
internal sealed class PreTokenizer
{
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const int LongestPattern = 4096;
    private const int MostSteps = 16;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly string file;
    private readonly List<Regex> patterns = [];
    private bool hasByteLevel;

    private PreTokenizer(string file) => this.file = file;

    public static PreTokenizer Read(string file, JsonFields fields)
    {
        JsonFields step = fields.ObjectOrNull("pre_tokenizer") ?? throw fields.Missing("pre_tokenizer");
        PreTokenizer result = new(file);
        if (step.Text("type") == "Sequence")
        {
            JsonElement list = step.ListOrNull("pretokenizers") ?? throw step.Missing("pretokenizers");
            if (list.GetArrayLength() > MostSteps)
            {
                throw step.Fault("pretokenizers", $"{list.GetArrayLength()} entries", $"at most {MostSteps}");
            }

            foreach (JsonElement element in list.EnumerateArray())
            {
                result.Add(element.ValueKind == JsonValueKind.Object
                    ? new JsonFields(file, element, "pre_tokenizer.pretokenizers.")
                    : throw step.Fault("pretokenizers", element, "objects"));
            }
        }
        else
        {
            result.Add(step);
        }

        return result.hasByteLevel ? result : throw fields.Fault("pre_tokenizer", "without ByteLevel", "ByteLevel in a byte-level BPE tokenizer");
    }

    /// <summary>The pieces in order; together they are the text.</summary>
    /// <exception cref="ModelFormatException">A pattern of the file takes too long.</exception>
    public List<Range> Split(string text)
    {
        string copy = CategoryStandIns.Make(text, out int[] origin);
        List<Range> pieces = [Range.All];
        foreach (Regex pattern in patterns)
        {
            List<Range> finer = [];
            foreach (Range piece in pieces)
            {
                (int start, int length) = piece.GetOffsetAndLength(copy.Length);
                SplitPiece(pattern, copy.AsSpan(start, length), start, finer);
            }

            pieces = finer;
        }

        return pieces.ConvertAll(piece =>
        {
            (int start, int length) = piece.GetOffsetAndLength(copy.Length);
            return origin[start]..origin[start + length];
        });
    }

    private void SplitPiece(Regex pattern, ReadOnlySpan<char> piece, int start, List<Range> finer)
    {
        int end = 0;
        try
        {
            foreach (ValueMatch match in pattern.EnumerateMatches(piece))
            {
                if (match.Length == 0)
                {
                    continue;
                }

                if (match.Index > end)
                {
                    finer.Add((start + end)..(start + match.Index));
                }

                end = match.Index + match.Length;
                finer.Add((start + match.Index)..(start + end));
            }
        }
        catch (RegexMatchTimeoutException cause)
        {
            throw new ModelFormatException(file, $"pre_tokenizer pattern {ModelFormatException.Quote(pattern.ToString())} took more than {Timeout.TotalSeconds} s.", cause);
        }

        if (end < piece.Length)
        {
            finer.Add((start + end)..(start + piece.Length));
        }
    }

    private void Add(JsonFields step)
    {
        string type = step.Text("type");
        switch (type)
        {
            case "ByteLevel":
                hasByteLevel = true;
                if (step.Flag("add_prefix_space", absent: true))
                {
                    throw step.Fault("add_prefix_space", "true", "false: a space before every text is not supported");
                }

                if (step.Flag("use_regex", absent: true))
                {
                    AddPattern(step, Gpt2Pattern);
                }

                break;
            case "Digits":
                AddPattern(step, step.Flag("individual_digits", absent: false) ? @"\p{N}" : @"\p{N}+");
                break;
            case "Split":
                AddSplit(step);
                break;
            default:
                throw step.Fault("type", type, "\"ByteLevel\", \"Split\", \"Digits\" or a \"Sequence\" of them");
        }
    }

    private void AddSplit(JsonFields step)
    {
        string behavior = step.Text("behavior");
        if (behavior != "Isolated" || step.Flag("invert", absent: false))
        {
            throw step.Fault("behavior", behavior, "\"Isolated\", not inverted");
        }

        JsonFields pattern = step.ObjectOrNull("pattern") ?? throw step.Missing("pattern");
        AddPattern(pattern, pattern.TextOrNull("Regex") ?? Regex.Escape(pattern.Text("String")));
    }

    private void AddPattern(JsonFields step, string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern)
        {
            throw step.Fault("Regex", $"{pattern.Length} characters", $"1 to {LongestPattern}");
        }

        try
        {
            patterns.Add(new Regex(pattern, RegexOptions.CultureInvariant, Timeout));
        }
        catch (ArgumentException cause)
        {
            throw step.Fault("Regex", pattern, $"a regular expression that .NET knows ({cause.Message.ReplaceLineEndings(" ")})");
        }
    }
}
