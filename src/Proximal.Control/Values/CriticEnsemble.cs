using Proximal.Control.State;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Values;

/// <summary>
/// Critics Q_1 .. Q_n of observations and actions with their target networks and their optimizer: one for DDPG, two for TD3, SAC and the
/// methods that learn from data (the smaller of two guards against overestimation; Fujimoto et al. 2018).
/// </summary>
public sealed class CriticEnsemble : IStateful, IDisposable
{
    private readonly Network[] critics;
    private readonly Network[] targets;
    private readonly Tensor[] outputs;
    private readonly Parameter[] parameters;
    private readonly Adam optimizer;
    private readonly Tape learning;
    private readonly Tape inference;
    private readonly int observationWidth;
    private readonly int actionWidth;
    private float[] errors = [];
    private float[] gradients = [];
    private float[] ones = [];

    /// <summary>Creates critics with target networks of equal weights.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="count">Number of critics.</param>
    /// <param name="observationWidth">Numbers per encoded observation.</param>
    /// <param name="actionWidth">Numbers per action.</param>
    /// <param name="settings">Hidden layers.</param>
    /// <param name="optimizer">Settings of Adam.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads of the kernels.</param>
    public CriticEnsemble(
        string name, int count, int observationWidth, int actionWidth, NetworkSettings settings, AdamOptions optimizer, ulong seed, Workers? workers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        this.observationWidth = observationWidth;
        this.actionWidth = actionWidth;
        Shape input = new(observationWidth + actionWidth);
        critics = [.. Enumerable.Range(0, count).Select(i => NetworkBuilder.Build($"{name}.{i}", settings, input, 1, 1, seed))];
        targets = [.. Enumerable.Range(0, count).Select(i => NetworkBuilder.Build($"{name}.{i}", settings, input, 1, 1, seed))];
        outputs = new Tensor[count];
        parameters = [.. critics.SelectMany(critic => critic.Parameters)];
        this.optimizer = new Adam(parameters, optimizer, workers);
        learning = new Tape(workers);
        inference = new Tape(workers, recording: false);
        foreach (Network target in targets)
        {
            target.Freeze(true);
        }
    }

    /// <summary>The critics.</summary>
    public IReadOnlyList<Network> Critics => critics;

    /// <summary>Their target networks, which move by <see cref="MoveTargets"/> alone.</summary>
    public IReadOnlyList<Network> Targets => targets;

    /// <summary>All parameters of the critics.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Computes Q_i(s, a), or Q'_i(s, a), of every critic.</summary>
    /// <param name="observations">s [batch, observation width].</param>
    /// <param name="actions">a [batch, action width].</param>
    /// <param name="ofTargets">Whether the target networks are asked.</param>
    /// <param name="values">Receives the values [critics, batch].</param>
    public void Evaluate(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, bool ofTargets, Span<float> values)
    {
        inference.Reset();
        Tensor input = Input(inference, observations, actions, requiresGradient: false);
        Network[] networks = ofTargets ? targets : critics;
        for (int i = 0; i < networks.Length; i++)
        {
            networks[i].Forward(input).Data.CopyTo(values[(i * input.Shape[0])..]);
        }
    }

    /// <summary>A step of Adam on L = sum_i mean (Q_i(s, a) - y)^2.</summary>
    /// <param name="observations">s [batch, observation width].</param>
    /// <param name="actions">a [batch, action width].</param>
    /// <param name="targetValues">y [batch].</param>
    /// <returns>L.</returns>
    public double Fit(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, ReadOnlySpan<float> targetValues)
    {
        double loss = AddGradients(observations, actions, targetValues);
        optimizer.Step();
        optimizer.ClearGradients();
        return loss;
    }

    /// <summary>Adds the gradients of L = sum_i mean (Q_i(s, a) - y)^2 to the parameters without a step.</summary>
    /// <param name="observations">s [batch, observation width].</param>
    /// <param name="actions">a [batch, action width].</param>
    /// <param name="targetValues">y [batch].</param>
    /// <returns>L.</returns>
    public double AddGradients(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, ReadOnlySpan<float> targetValues)
    {
        int rows = targetValues.Length;
        Reserve(rows);
        learning.Reset();
        Tensor input = Input(learning, observations, actions, requiresGradient: false);
        double loss = 0;
        foreach (Network critic in critics)
        {
            Tensor values = critic.Forward(input);
            loss += TemporalDifference.SquaredLoss(values.Data, targetValues, ones.AsSpan(0, rows), errors.AsSpan(0, rows), gradients.AsSpan(0, rows));
            learning.Seed(values, gradients.AsSpan(0, rows));
        }

        learning.Backward();
        return loss;
    }

    /// <summary>Adds the gradients of sum_i sum_r w_ir Q_i(s_r, a_r) to the parameters without a step.</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="actions">a [rows, action width].</param>
    /// <param name="weights">w [critics, rows].</param>
    public void AddWeightedGradients(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, ReadOnlySpan<float> weights)
    {
        learning.Reset();
        Tensor input = Input(learning, observations, actions, requiresGradient: false);
        for (int i = 0; i < critics.Length; i++)
        {
            learning.Seed(critics[i].Forward(input), weights.Slice(i * input.Shape[0], input.Shape[0]));
        }

        learning.Backward();
    }

    /// <summary>Computes Q_i(s, a) of one critic and its derivative with respect to the actions.</summary>
    /// <param name="observations">s [batch, observation width].</param>
    /// <param name="actions">a [batch, action width].</param>
    /// <param name="critic">i, from 0.</param>
    /// <param name="values">Receives Q_i [batch].</param>
    /// <param name="actionGradient">Receives dQ_i/da [batch, action width].</param>
    public void ActionGradient(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, int critic, Span<float> values, Span<float> actionGradient) =>
        ActionGradient(observations, actions, critic, 1, values, actionGradient);

    /// <summary>Computes V = min_i Q_i(s, a), or Q_1(s, a), and its derivative with respect to the actions.</summary>
    /// <param name="observations">s [batch, observation width].</param>
    /// <param name="actions">a [batch, action width].</param>
    /// <param name="least">Whether the smallest value of all critics counts instead of the first critic's.</param>
    /// <param name="values">Receives V [batch].</param>
    /// <param name="actionGradient">Receives dV/da [batch, action width].</param>
    public void ActionGradient(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, bool least, Span<float> values, Span<float> actionGradient) =>
        ActionGradient(observations, actions, 0, least ? critics.Length : 1, values, actionGradient);

    /// <summary>Moves the target networks towards the critics: phi' = phi' + rate (phi - phi').</summary>
    /// <param name="rate">tau, in [0, 1].</param>
    public void MoveTargets(double rate)
    {
        for (int i = 0; i < critics.Length; i++)
        {
            targets[i].MoveTowards(critics[i], (float)rate);
        }
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(nameof(CriticEnsemble));
        state.Parameters(parameters);
        foreach (Network target in targets)
        {
            state.Parameters(target.Parameters);
        }

        state.Optimizer(optimizer);
    }

    /// <summary>Frees networks and optimizer.</summary>
    public void Dispose()
    {
        optimizer.Dispose();
        learning.Dispose();
        inference.Dispose();
        foreach (Network network in critics)
        {
            network.Dispose();
        }

        foreach (Network network in targets)
        {
            network.Dispose();
        }
    }

    private void ActionGradient(
        ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, int first, int count, Span<float> values, Span<float> actionGradient)
    {
        int rows = values.Length;
        Reserve(rows * count);
        learning.Reset();
        Tensor input = Input(learning, observations, actions, requiresGradient: true);
        Span<float> all = errors.AsSpan(0, rows * count), seeds = gradients.AsSpan(0, rows * count);
        for (int i = 0; i < count; i++)
        {
            critics[first + i].Freeze(true);
        }

        for (int i = 0; i < count; i++)
        {
            outputs[i] = critics[first + i].Forward(input);
            outputs[i].Data.CopyTo(all[(i * rows)..]);
        }

        TemporalDifference.Least(all, values);
        for (int row = 0; row < rows; row++)
        {
            bool found = false;
            for (int i = 0; i < count; i++)
            {
                bool chosen = !found && all[(i * rows) + row] == values[row];
                seeds[(i * rows) + row] = chosen ? 1 : 0;
                found |= chosen;
            }
        }

        for (int i = 0; i < count; i++)
        {
            learning.Seed(outputs[i], seeds.Slice(i * rows, rows));
        }

        learning.Backward();
        ReadOnlySpan<float> gradient = input.Gradient;
        int width = observationWidth + actionWidth;
        for (int row = 0; row < rows; row++)
        {
            gradient.Slice((row * width) + observationWidth, actionWidth).CopyTo(actionGradient[(row * actionWidth)..]);
        }

        for (int i = 0; i < count; i++)
        {
            critics[first + i].Freeze(false);
        }
    }

    private Tensor Input(Tape tape, ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, bool requiresGradient)
    {
        int rows = actions.Length / actionWidth, width = observationWidth + actionWidth;
        if (observations.Length != rows * observationWidth || actions.Length != rows * actionWidth)
        {
            throw new ArgumentException(
                $"Critics of observations of {observationWidth} and actions of {actionWidth} numbers were given {observations.Length} and {actions.Length}.", nameof(observations));
        }

        Tensor input = tape.Empty(new Shape(rows, width), requiresGradient);
        Span<float> data = input.Data;
        for (int row = 0; row < rows; row++)
        {
            observations.Slice(row * observationWidth, observationWidth).CopyTo(data[(row * width)..]);
            actions.Slice(row * actionWidth, actionWidth).CopyTo(data[((row * width) + observationWidth)..]);
        }

        return input;
    }

    private void Reserve(int count)
    {
        if (errors.Length < count)
        {
            errors = new float[count];
            gradients = new float[count];
            ones = new float[count];
            Array.Fill(ones, 1);
        }
    }
}
