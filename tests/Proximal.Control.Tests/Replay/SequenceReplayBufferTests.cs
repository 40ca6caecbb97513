using Proximal.Control.Replay;

namespace Proximal.Control.Tests.Replay;

public sealed class SequenceReplayBufferTests
{
    private static readonly ReplayLayout Layout = new(1, 1);

    [Fact]
    public void Sequences_overlap_begin_with_their_hidden_state_and_end_with_the_episode()
    {
        SequenceReplayBuffer buffer = new(Layout, 10, length: 4, stateWidth: 1, overlap: 2);
        Walk(buffer, 7, terminated: true);

        // Steps 0-3, 2-5 and 4-6.
        Assert.Equal(3, buffer.Count);
        SequenceBatch batch = new(Layout, 50, 4, 1);
        buffer.Sample(ReplayBufferTests.Stream(1), batch);
        for (int i = 0; i < batch.Count; i++)
        {
            int first = 2 * batch.Indices[i];
            Assert.Equal(100 + first, batch.States[i]);
            bool last = first == 4;
            Assert.Equal(last ? [4f, 5, 6, 7, 0] : [first, first + 1, first + 2, first + 3, first + 4], batch.Observations.Slice(5 * i, 5).ToArray());
            Assert.Equal([true, true, true, !last], batch.Mask.Slice(4 * i, 4).ToArray());
            Assert.Equal(last ? [1f, 1, 0, 0] : [1f, 1, 1, 1], batch.Continuations.Slice(4 * i, 4).ToArray());
            Assert.Equal(last ? [-4f, -5, -6, 0] : [-first, -first - 1, -first - 2, -first - 3], batch.Actions.Slice(4 * i, 4).ToArray());
        }
    }

    [Fact]
    public void The_oldest_sequence_gives_way_and_a_saved_buffer_goes_on()
    {
        SequenceReplayBuffer buffer = new(Layout, 2, length: 2, stateWidth: 1);
        Walk(buffer, 7, terminated: false);
        Assert.Equal(2, buffer.Count);
        SequenceReplayBuffer copy = ReplayBufferTests.Copy(buffer, new SequenceReplayBuffer(Layout, 2, 2, 1));
        Walk(buffer, 1, terminated: true);
        Walk(copy, 1, terminated: true);
        SequenceBatch first = new(Layout, 16, 2, 1), second = new(Layout, 16, 2, 1);
        buffer.Sample(ReplayBufferTests.Stream(1), first);
        copy.Sample(ReplayBufferTests.Stream(1), second);
        Assert.Equal(first.Observations.ToArray(), second.Observations.ToArray());
        Assert.Equal(first.States.ToArray(), second.States.ToArray());
        Assert.Contains(106f, first.States.ToArray());
        Assert.DoesNotContain(100f, first.States.ToArray());
    }

    [Fact]
    public void An_empty_buffer_and_a_batch_of_another_length_are_refused()
    {
        SequenceReplayBuffer buffer = new(Layout, 2, length: 2, stateWidth: 1);
        Assert.Throws<InvalidOperationException>(() => buffer.Sample(ReplayBufferTests.Stream(1), new SequenceBatch(Layout, 1, 2, 1)));
        Assert.Throws<ArgumentException>(() => buffer.Sample(ReplayBufferTests.Stream(1), new SequenceBatch(Layout, 1, 3, 1)));
    }

    private static void Walk(SequenceReplayBuffer buffer, int steps, bool terminated)
    {
        for (int i = 0; i < steps; i++)
        {
            buffer.Add(0, [i], [-i], i, [i + 1], terminated && i == steps - 1, truncated: false, [100 + i]);
        }
    }
}
