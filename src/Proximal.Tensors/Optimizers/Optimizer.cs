using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;

namespace Proximal.Tensors.Optimizers;

/// <summary>
/// Changes parameters along their gradients. Gradients add up over backward passes until <see cref="ClearGradients"/>: accumulation is simply
/// not clearing. A step is one pass over the memory of each parameter and gives the same bits with any number of workers. The state is
/// named buffers of floats plus <see cref="Steps"/>; restoring both continues bit for bit.
/// </summary>
public abstract unsafe class Optimizer : IDisposable
{
    private readonly Slot[] slots;
    private readonly double learningRate;

    private protected Optimizer(IReadOnlyList<Parameter> parameters, OptimizerOptions options, Workers? workers)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        options.Validate();
        learningRate = options.LearningRate;
        Backend = new CpuBackend(workers ?? Workers.Shared);
        HashSet<string> names = new(StringComparer.Ordinal);
        List<Slot> trainable = [];
        foreach (Parameter parameter in parameters)
        {
            if (!names.Add(parameter.Name))
            {
                throw new ArgumentException($"Two parameters are named '{parameter.Name}'; the state is kept by name.", nameof(parameters));
            }

            if (parameter.RequiresGradient)
            {
                ParameterGroup? group = options.Groups.FirstOrDefault(candidate => candidate.Contains(parameter));
                trainable.Add(new Slot(parameter, group?.LearningRateFactor ?? 1, group?.WeightDecayFactor ?? 1));
            }
        }

        slots = [.. trainable];
        Parameters = [.. trainable.Select(slot => slot.Parameter)];
    }

    /// <summary>The parameters that are changed: those given that are trainable.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>Number of state buffers.</summary>
    public int StateCount
    {
        get
        {
            int count = 0;
            foreach (Slot slot in slots)
            {
                count += slot.States.Length;
            }

            return count;
        }
    }

    private protected CpuBackend Backend { get; }

    /// <summary>Changes every parameter that has a gradient.</summary>
    /// <param name="learningRate">The learning rate of this step, before the factors of groups; that of the options when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    public void Step(double? learningRate = null)
    {
        double rate = learningRate ?? this.learningRate;
        if (!double.IsFinite(rate) || rate < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(learningRate), rate, "The learning rate must be finite and 0 or more.");
        }

        Steps++;
        foreach (Slot slot in slots)
        {
            slot.Parameter.CompleteGradient();
            if (slot.Parameter.HasGradient)
            {
                Update(slot, rate * slot.LearningRateFactor);
                slot.Parameter.MarkChanged();
            }
        }
    }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ClearGradients()
    {
        foreach (Slot slot in slots)
        {
            slot.Parameter.ClearGradient();
        }
    }

    /// <summary>The name of a state buffer: that of its parameter and its role, as <c>model.norm.weight.momentum</c>.</summary>
    public string StateName(int index)
    {
        (Slot slot, int role) = Locate(index);
        return $"{slot.Parameter.Name}.{slot.Roles[role]}";
    }

    /// <summary>The shape of a state buffer: that of its parameter.</summary>
    public Shape StateShape(int index) => Locate(index).Slot.Parameter.Shape;

    /// <summary>The memory of a state buffer, to be saved or overwritten.</summary>
    public Span<float> State(int index)
    {
        (Slot slot, int role) = Locate(index);
        return new Span<float>(slot.States[role].Floats, slot.Parameter.Length);
    }

    /// <summary>Continues from a saved state; the buffers are written through <see cref="State"/>.</summary>
    /// <param name="steps">Steps done when the state was saved.</param>
    public void Resume(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Steps = steps;
    }

    /// <summary>Frees the memory of the state.</summary>
    public void Dispose()
    {
        foreach (Slot slot in slots)
        {
            foreach (NativeBuffer state in slot.States)
            {
                state.Dispose();
            }
        }

        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives every parameter zeroed state buffers with the roles that the method names for it.</summary>
    private protected void Allocate()
    {
        foreach (Slot slot in slots)
        {
            slot.Allocate(RolesOf(slot.Parameter));
        }
    }

    /// <summary>Names of the state buffers that a parameter needs.</summary>
    private protected abstract string[] RolesOf(Parameter parameter);

    /// <summary>Changes one parameter along its gradient.</summary>
    private protected abstract void Update(Slot slot, double learningRate);

    /// <summary>Frees what a method holds beyond the state.</summary>
    private protected virtual void Release()
    {
    }

    private (Slot Slot, int Role) Locate(int index)
    {
        int rest = index;
        foreach (Slot slot in slots)
        {
            if ((uint)rest < (uint)slot.States.Length)
            {
                return (slot, rest);
            }

            rest -= slot.States.Length;
        }

        throw new ArgumentOutOfRangeException(nameof(index), index, $"The state has {StateCount} buffers.");
    }

    /// <summary>A parameter with its factors and state.</summary>
    private protected sealed class Slot(Parameter parameter, double learningRateFactor, double weightDecayFactor)
    {
        public Parameter Parameter { get; } = parameter;

        public double LearningRateFactor { get; } = learningRateFactor;

        public double WeightDecayFactor { get; } = weightDecayFactor;

        public string[] Roles { get; private set; } = [];

        public NativeBuffer[] States { get; private set; } = [];

        public void Allocate(string[] roles)
        {
            Roles = roles;
            States = Array.ConvertAll(roles, _ => new NativeBuffer((long)Parameter.Length * sizeof(float)));
        }
    }
}
