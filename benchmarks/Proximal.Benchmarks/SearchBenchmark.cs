using System.Diagnostics;
using System.Text;
using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Retrieval;
using Proximal.Worlds.Routing;
using static System.FormattableString;

namespace Proximal.Benchmarks;

/// <summary>How long the index of 100,000 documents takes and a query of it, and what worlds of search agents give a second on one core.</summary>
internal static class SearchBenchmark
{
    private const int Documents = 100_000;
    private const int Words = 50_000;

    public static void Run()
    {
        Corpus();
        Worlds();
    }

    private static void Corpus()
    {
        SuiteRandom random = new(1);
        string[] words = [.. Enumerable.Range(0, Words).Select(i => Invariant($"w{i}"))];
        TextDocument[] documents = new TextDocument[Documents];
        long total = 0;
        for (int i = 0; i < documents.Length; i++)
        {
            int length = random.Range(40, 160);
            total += length;
            documents[i] = new TextDocument(Invariant($"{i}"), words[Zipf(random)], Text(words, length, random));
        }

        long start = Stopwatch.GetTimestamp();
        TextCorpus corpus = new(documents);
        double build = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(Invariant($"index of {Documents:N0} documents, {total:N0} words, {corpus.Index.Postings:N0} postings: {build:F2} s"));

        SearchHit[] hits = new SearchHit[3];
        string[] queries = [.. Enumerable.Range(0, 2000).Select(_ => Text(words, 6, random))];
        foreach (string query in queries.AsSpan(0, 200))
        {
            corpus.Search(query, hits);
        }

        double[] times = new double[queries.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < queries.Length; i++)
        {
            start = Stopwatch.GetTimestamp();
            corpus.Search(queries[i], hits);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        Console.WriteLine(Invariant($"query of 6 words, best 3: median {times[times.Length / 2]:F3} ms, 99 of 100 within {times[times.Length * 99 / 100]:F3} ms, {bytes / queries.Length} bytes a query"));
    }

    private static void Worlds()
    {
        long start = Stopwatch.GetTimestamp();
        const int worlds = 50;
        List<(SearchWorld World, Question Question)> drawn = [];
        for (ulong seed = 0; seed < worlds; seed++)
        {
            drawn.Add((SearchWorld.Create(new KnowledgeOptions(), seed), null!));
        }

        Console.WriteLine(Invariant($"search-world of 300 entities: {Stopwatch.GetElapsedTime(start).TotalMilliseconds / worlds:F2} ms a world"));
        start = Stopwatch.GetTimestamp();
        for (int i = 0; i < worlds; i++)
        {
            QuestionGenerator generator = new(drawn[i].World, new QuestionOptions());
            SuiteRandom random = SuiteRandom.OfWorld(SearchWorld.Name, (ulong)i, WorldStream.Task);
            Question? question;
            while ((question = generator.Draw(random)) is null)
            {
            }

            drawn[i] = (drawn[i].World, question);
        }

        Console.WriteLine(Invariant($"  verified question: {Stopwatch.GetElapsedTime(start).TotalMilliseconds / worlds:F2} ms"));
        Turns("search-world", () =>
        {
            int turns = 0;
            foreach ((SearchWorld world, Question question) in drawn)
            {
                SearchSession session = new(world, question, new SearchRules());
                new SearchExpert(question, 0, recovers: true, new SuiteRandom(1)).Play(session);
                turns += session.Turn;
            }

            return turns;
        });
        RoutedWorld routed = RoutedWorld.Create(new RoutedOptions(), 1);
        RoutedQuestionGenerator questions = new(routed);
        SuiteRandom stream = new(1);
        RoutedQuestion[] asked = [.. Enumerable.Range(0, worlds).Select(_ => questions.Draw(stream)).OfType<RoutedQuestion>()];
        Turns("routed-kbs", () =>
        {
            int turns = 0;
            foreach (RoutedQuestion question in asked)
            {
                RoutedSession session = new(routed, question, 3, 1);
                new RoutedExpert(question, 0, recovers: true, Router.Schema, new SuiteRandom(1)).Play(session);
                turns += session.Turn;
            }

            return turns;
        });
    }

    private static void Turns(string name, Func<int> play)
    {
        play();
        long start = Stopwatch.GetTimestamp();
        int turns = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 2)
        {
            turns += play();
        }

        Console.WriteLine(Invariant($"{name}: {turns / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} turns a second, the scripted expert included"));
    }

    private static string Text(string[] words, int length, SuiteRandom random)
    {
        StringBuilder text = new();
        for (int i = 0; i < length; i++)
        {
            text.Append(words[Zipf(random)]).Append(i % 12 == 11 ? ". " : " ");
        }

        return text.ToString();
    }

    /// <summary>A word by about Zipf's law with exponent 1: the logarithm of its rank is uniform.</summary>
    private static int Zipf(SuiteRandom random) => Math.Min(Words - 1, (int)Math.Exp(random.Double() * Math.Log(Words)));
}
