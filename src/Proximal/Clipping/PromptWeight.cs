namespace Proximal.Clipping;

/// <summary>How <see cref="NegativeAwareFineTuning"/> weighs a prompt with pass rate p.</summary>
public enum PromptWeight
{
    /// <summary>1.</summary>
    Uniform,

    /// <summary><c>1 - p</c>: on policy the gradient of Dr. GRPO.</summary>
    FailureRate,

    /// <summary><c>√((1 - p) / p)</c>: on policy the gradient of GRPO.</summary>
    Odds,
}
