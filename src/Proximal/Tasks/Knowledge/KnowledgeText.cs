using Proximal.Environments.Search;
using Proximal.Worlds.Knowledge;

namespace Proximal.Tasks.Knowledge;

/// <summary>Answers of tasks in generated worlds, from text to verdict.</summary>
internal static class KnowledgeText
{
    /// <summary>The words of an answer, bare or within its tag; null where they are not of the vocabulary.</summary>
    public static int[]? ReadAnswer(string text)
    {
        if (text.Length > ResponseFormat.MaximumCharacters)
        {
            return null;
        }

        return KnowledgeVocabulary.Read(TaggedTurn.First(text, [ActionTags.Answer]) is { } turn ? turn.Content : text);
    }

    /// <summary>Right when exact; partly right by the overlap of words.</summary>
    public static Verdict Judge(AnswerScores scores, int[] given) =>
        Verdict.Of(scores.Exact == 1, scores.TokenF1, KnowledgeVocabulary.Write(SearchAction.Answer(AnswerScores.Split(given)).Tokens).Trim());

    /// <summary>The longest texts among the first training problems in words, with a quarter on top.</summary>
    public static TaskLengths EstimateLengths(ITask task)
    {
        const int samples = 32;
        int prompt = 0, response = 0;
        for (int i = 0; i < samples; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            prompt = Math.Max(prompt, KnowledgeVocabulary.Read(instance.Prompt)!.Length);
            response = Math.Max(response, KnowledgeVocabulary.Read(instance.Answer)!.Length);
        }

        return new TaskLengths(prompt + ((prompt + 3) / 4), response + ((response + 3) / 4));
    }
}
