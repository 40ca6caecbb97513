using System.Buffers;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>Records rollouts of some steps, of the model of the recipe where there are peers. What it writes depends on the step alone, so that a resumed run writes the same again.</summary>
internal sealed class RolloutRecorder
{
    /// <summary>Tokens of all recorded paths of a prompt: with them a line stays within what readers take, for all but the strangest of texts.</summary>
    private const int LargestPathTokens = 1 << 16;

    private readonly RecordingSettings settings;
    private readonly ITokenizer tokenizer;
    private readonly long largestBytes;
    private readonly RolloutRecordFolder records;
    private readonly ArrayBufferWriter<byte> content = new();
    private readonly ArrayBufferWriter<byte> line = new();

    /// <summary>Prepares to record; nothing is written yet.</summary>
    /// <param name="folder">The run, which this process has taken.</param>
    /// <param name="settings">What is recorded.</param>
    /// <param name="tokenizer">Of the policy.</param>
    public RolloutRecorder(RunFolder folder, RecordingSettings settings, ITokenizer tokenizer)
    {
        (this.settings, this.tokenizer) = (settings, tokenizer);
        largestBytes = (long)settings.Megabytes << 20;
        records = new RolloutRecordFolder(folder, largestBytes);
    }

    /// <summary>Drops what was recorded after the position at which a run goes on.</summary>
    public void Resume(RunPosition position)
    {
        if (position.Stage != TrainingStage.Finished)
        {
            records.Cut(position.Stage == TrainingStage.Policy ? position.Step : 0);
        }
    }

    /// <summary>Records a step, if its turn has come.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Record(StepReport report)
    {
        if (settings.Every == 0 || report is not { Stage: TrainingStage.Policy, Rollouts: { } batch } || !(report.Step == 1 || report.Step == report.Steps || report.Step % settings.Every == 0))
        {
            return;
        }

        RolloutRecording recording = new(batch, tokenizer, report.Step);
        content.ResetWrittenCount();
        for (int group = 0; group < Math.Min(settings.Prompts, batch.Paths.GroupCount); group++)
        {
            Encode(recording, group);
            if (content.WrittenCount + (long)line.WrittenCount > largestBytes)
            {
                break;
            }

            content.Write(line.WrittenSpan);
        }

        if (content.WrittenCount > 0)
        {
            records.Write(report.Step, content.WrittenMemory);
        }
    }

    /// <summary>Fills the line with a prompt and as many of its rollouts as fit into what readers take.</summary>
    private void Encode(RolloutRecording recording, int group)
    {
        int largestTokens = LargestPathTokens;
        do
        {
            line.ResetWrittenCount();
            RolloutRecordWriter.Write(line, recording.Record(group, largestTokens));
            largestTokens /= 2;
        }
        while (line.WrittenCount > RolloutRecordReader.LongestLine && largestTokens > 0);
    }
}
