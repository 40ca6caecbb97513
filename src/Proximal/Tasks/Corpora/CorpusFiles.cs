using System.Text.Json;
using Proximal.Runs;
using Proximal.Worlds.Retrieval;

namespace Proximal.Tasks.Corpora;

/// <summary>Reads documents and questions from files of JSON lines. Every fault is one line: file, line, field, and what is expected.</summary>
internal static class CorpusFiles
{
    private const int LongestId = 64;
    private const int MostAnswers = 64;
    private const int MostGold = 256;

    /// <summary>The documents of a file.</summary>
    /// <exception cref="InvalidDataException">The file is empty or too long, or a line cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TextCorpus ReadCorpus(string path, int maximumLineBytes, int maximumCount)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        TextCorpus corpus = new(Read(path, "documents", maximumLineBytes, maximumCount, (place, record) =>
        {
            string id = Text(place, record, "id", LongestId);
            return ids.Add(id)
                ? new TextDocument(id, record.TryGetProperty("title", out _) ? Text(place, record, "title", isRequired: false) : "", Text(place, record, "text"))
                : throw new InvalidDataException($"{place}: field 'id' is '{id}' as in an earlier line, expected one of its own.");
        }));
        return corpus;
    }

    /// <summary>The questions of a file: text, right answers, and the ids of documents that tell them.</summary>
    /// <exception cref="InvalidDataException">The file is empty or too long, or a line cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static List<(string Question, IReadOnlyList<string> Answers, IReadOnlyList<string> Gold)> ReadQuestions(string path, TextCorpus corpus, int maximumLineBytes, int maximumCount) =>
    [
        .. Read(path, "questions", maximumLineBytes, maximumCount, (place, record) =>
        {
            string question = Text(place, record, "question");
            List<string> answers = Texts(place, record, "answers", MostAnswers), gold = record.TryGetProperty("gold", out _) ? Texts(place, record, "gold", MostGold) : [];
            if (answers.Count == 0)
            {
                throw new InvalidDataException($"{place}: field 'answers' is empty, expected at least one text.");
            }

            return gold.Find(id => corpus.Find(id) is null) is { } unknown
                ? throw new InvalidDataException($"{place}: field 'gold' is '{unknown}', expected ids of documents of the corpus.")
                : (question, (IReadOnlyList<string>)answers, (IReadOnlyList<string>)gold);
        }),
    ];

    private static IEnumerable<T> Read<T>(string path, string what, int maximumLineBytes, int maximumCount, Func<string, JsonElement, T> read)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: the file of {what} does not exist.", path);
        }

        int count = 0;
        foreach ((int number, ReadOnlyMemory<byte> line) in BoundedLines.Read(path, maximumLineBytes))
        {
            string place = FormattableString.Invariant($"{path}:{number}");
            if (count++ == maximumCount)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{place}: more than {maximumCount} {what}."));
            }

            if (!StrictJson.TryParseObject(line, out JsonDocument? document, out string? error))
            {
                throw new InvalidDataException($"{place}: {error}, expected one JSON object per line.");
            }

            using (document)
            {
                yield return read(place, document.RootElement);
            }
        }

        if (count == 0)
        {
            throw new InvalidDataException($"{path}: there are no {what}.");
        }
    }

    private static string Text(string place, JsonElement record, string name, int longest = int.MaxValue, bool isRequired = true)
    {
        if (!record.TryGetProperty(name, out JsonElement value))
        {
            throw new InvalidDataException($"{place}: field '{name}' is missing, expected text.");
        }

        return Text(place, name, value, longest, isRequired);
    }

    private static List<string> Texts(string place, JsonElement record, string name, int most)
    {
        if (!record.TryGetProperty(name, out JsonElement value))
        {
            throw new InvalidDataException($"{place}: field '{name}' is missing, expected a list of texts.");
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return [Text(place, name, value, int.MaxValue, isRequired: true)];
        }

        return value.GetArrayLength() <= most
            ? [.. value.EnumerateArray().Select(item => Text(place, name, item, int.MaxValue, isRequired: true))]
            : throw new InvalidDataException(FormattableString.Invariant($"{place}: field '{name}' has {value.GetArrayLength()} items, expected at most {most}."));
    }

    private static string Text(string place, string name, JsonElement value, int longest, bool isRequired)
    {
        string text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new InvalidDataException($"{place}: field '{name}' is {value.ValueKind}, expected text."),
        };
        return text.Length == 0 && isRequired ? throw new InvalidDataException($"{place}: field '{name}' is '', expected text.")
            : text.Length > longest ? throw new InvalidDataException(FormattableString.Invariant($"{place}: field '{name}' has {text.Length} characters, expected at most {longest}."))
            : text;
    }
}
