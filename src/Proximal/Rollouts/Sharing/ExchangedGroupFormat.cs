using System.Text;
using Proximal.Models.Generation;
using Proximal.Tasks;

namespace Proximal.Rollouts.Sharing;

/// <summary>The bytes of an <see cref="ExchangedGroup"/>. What is read comes from another process: every length is bounded before memory is taken for it.</summary>
internal static class ExchangedGroupFormat
{
    /// <summary>Log-probabilities are at most 0; rounding may take them a little above.</summary>
    private const float LargestLogProb = 1e-3f;

    private const int LongestText = 1 << 16;
    private const int MostCounters = 256;
    private const int MostTurns = 1 << 16;

    private static ReadOnlySpan<byte> Magic => "PXG2"u8;

    public static byte[] Write(ExchangedGroup group)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, Encoding.UTF8))
        {
            writer.Write(Magic);
            writer.Write(group.Prompt);
            WriteTokens(writer, group.Tree.Segments[0].Tokens);
            writer.Write(group.Tree.Segments.Count - 1);
            foreach (TokenSegment segment in group.Tree.Segments.Skip(1))
            {
                writer.Write(segment.Parent);
                writer.Write((byte)segment.Origin);
                writer.Write((byte)segment.End);
                WriteTokens(writer, segment.Tokens);
                foreach (float logProb in segment.Origin.IsTrained() ? segment.LogProbs : [])
                {
                    writer.Write(logProb);
                }
            }

            writer.Write(group.Completions.Count);
            foreach (ExchangedCompletion completion in group.Completions)
            {
                WriteCompletion(writer, completion);
            }
        }

        return stream.ToArray();
    }

    public static ExchangedGroup Read(ReadOnlySpan<byte> bytes, ExchangeLimits limits)
    {
        BoundedReader reader = new(bytes);
        if (!reader.Take(Magic.Length, "the letters PXG2").SequenceEqual(Magic))
        {
            throw new InvalidDataException("An exchanged group begins with other bytes, expected the letters PXG2.");
        }

        int prompt = reader.Integer("number of the prompt", 0, limits.Prompts - 1);
        TokenTree tree = new(ReadTokens(ref reader, limits, "prompt", 1, limits.Context));
        int segments = reader.Count("segments", limits.Segments, bytesEach: (2 * sizeof(int)) + 2);
        for (int i = 0; i < segments; i++)
        {
            ReadSegment(ref reader, tree, limits);
        }

        ExchangedCompletion[] completions = new ExchangedCompletion[reader.Count("completions", limits.Completions, bytesEach: sizeof(int))];
        for (int i = 0; i < completions.Length; i++)
        {
            completions[i] = ReadCompletion(ref reader, tree, limits);
        }

        reader.End();
        return new ExchangedGroup(prompt, tree, completions);
    }

    private static void WriteCompletion(BinaryWriter writer, ExchangedCompletion completion)
    {
        Verdict verdict = completion.Verdict;
        writer.Write(completion.Leaf);
        writer.Write((byte)completion.End);
        writer.Write(verdict.FormatOk);
        writer.Write(verdict.Parsed);
        writer.Write(verdict.Correct);
        writer.Write(verdict.Partial);
        writer.Write(verdict.Score);
        WriteText(writer, verdict.NormalizedAnswer);
        writer.Write(verdict.Error is not null);
        WriteText(writer, verdict.Error ?? "");
        writer.Write(completion.Rewards.Count);
        foreach (float reward in completion.Rewards)
        {
            writer.Write(reward);
        }

        writer.Write(completion.Counters.Count);
        foreach ((string name, double value) in completion.Counters)
        {
            WriteText(writer, name);
            writer.Write(value);
        }

        writer.Write(completion.TurnRewards.Count);
        foreach (double reward in completion.TurnRewards)
        {
            writer.Write(reward);
        }
    }

    private static void WriteTokens(BinaryWriter writer, ReadOnlySpan<int> tokens)
    {
        writer.Write(tokens.Length);
        foreach (int token in tokens)
        {
            writer.Write(token);
        }
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static void ReadSegment(ref BoundedReader reader, TokenTree tree, ExchangeLimits limits)
    {
        int parent = reader.Integer("parent of a segment", 0, tree.Segments.Count - 1);
        SegmentOrigin origin = (SegmentOrigin)reader.Byte("origin of a segment", (byte)SegmentOrigin.Probe);
        EndReason end = (EndReason)reader.Byte("end of a segment", (byte)EndReason.Failed);
        TokenSegment above = tree.Segments[parent];
        int[] tokens = ReadTokens(ref reader, limits, "segment", 0, limits.Context - above.Depth - above.Tokens.Length);
        TokenSegment segment = tree.Branch(parent, origin);
        foreach (int token in tokens)
        {
            segment.Append(token, origin.IsTrained() ? reader.Single("log-probability", float.MinValue, LargestLogProb) : 0, 0);
        }

        segment.End = end;
    }

    private static ExchangedCompletion ReadCompletion(ref BoundedReader reader, TokenTree tree, ExchangeLimits limits)
    {
        int leaf = reader.Integer("leaf of a completion", 0, tree.Segments.Count - 1);
        EndReason end = (EndReason)reader.Byte("end of a completion", (byte)EndReason.Failed);
        Verdict verdict = new()
        {
            FormatOk = reader.Byte("form", 1) != 0,
            Parsed = reader.Byte("readability", 1) != 0,
            Correct = reader.Byte("correctness", 1) != 0,
            Partial = reader.Double("credit"),
            Score = reader.Double("score"),
            NormalizedAnswer = reader.Text("answer", LongestText),
        };
        bool hasError = reader.Byte("error", 1) != 0;
        string error = reader.Text("error", LongestText);
        float[] rewards = new float[reader.Integer("number of reward terms", limits.RewardTerms, limits.RewardTerms)];
        for (int i = 0; i < rewards.Length; i++)
        {
            rewards[i] = reader.Single("reward", float.MinValue, float.MaxValue);
        }

        Dictionary<string, double> counters = new(StringComparer.Ordinal);
        int count = reader.Count("counters", MostCounters, bytesEach: sizeof(int) + sizeof(double));
        for (int i = 0; i < count; i++)
        {
            string name = reader.Text("name of a counter", LongestText);
            counters[name] = reader.Double("counter");
        }

        double[] turns = new double[reader.Count("turns", MostTurns, sizeof(double))];
        for (int i = 0; i < turns.Length; i++)
        {
            turns[i] = reader.Double("reward of a turn");
        }

        return new ExchangedCompletion(leaf, end, verdict with { Error = hasError ? error : null }, rewards, counters) { TurnRewards = turns };
    }

    private static int[] ReadTokens(ref BoundedReader reader, ExchangeLimits limits, string what, int least, int most)
    {
        int[] tokens = new int[reader.Count($"tokens of a {what}", most, sizeof(int))];
        if (tokens.Length < least)
        {
            throw new InvalidDataException(FormattableString.Invariant($"An exchanged group has {tokens.Length} tokens in a {what}, expected {least} or more."));
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = reader.Integer("token", 0, limits.Vocabulary - 1);
        }

        return tokens;
    }
}
