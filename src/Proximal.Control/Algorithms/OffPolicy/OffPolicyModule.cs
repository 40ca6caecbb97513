using System.Globalization;
using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>The off-policy algorithms that recipes can name.</summary>
internal static class OffPolicyModule
{
    public static void Register(ComponentCatalog<Algorithm> catalog) => catalog
        .Add(Discrete("dqn", "Deep Q-network, with the parts of Rainbow as switches.", "y = r + gamma c max_a Q'(s', a);  L = mean (Q(s, a) - y)^2", "Mnih et al. 2015; defaults of CleanRL", new DqnOptions(), (o, t) => new Dqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("double-dqn", "DQN whose online network chooses the action of the target.", "y = r + gamma c Q'(s', argmax_a Q(s', a))", "van Hasselt, Guez and Silver 2016", DoubleDqn.Defaults, (o, t) => new DoubleDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("dueling-dqn", "DQN with streams for value and advantages.", "Q = V + A - mean_a A", "Wang et al. 2016", DuelingDqn.Defaults, (o, t) => new DuelingDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("prioritized-dqn", "DQN that replays surprising transitions more often.", "P(i) = p_i^alpha / sum p^alpha, p_i = |Q - y|;  w_i = (n P(i))^-beta / max w", "Schaul et al. 2016", PrioritizedDqn.Defaults, (o, t) => new PrioritizedDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("n-step-dqn", "DQN with targets of n steps.", "y = sum_{k<n} gamma^k r_{t+k} + gamma^n c max_a Q'(s_{t+n}, a)", "Sutton 1988; Hessel et al. 2018", NStepDqn.Defaults, (o, t) => new NStepDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("noisy-dqn", "DQN that explores by noise of learned size in its weights.", "W = M + S * (f(e_out) f(e_in)^T), f(x) = sign(x) sqrt|x|", "Fortunato et al. 2018", NoisyDqn.Defaults, (o, t) => new NoisyDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("c51", "Distributional DQN over fixed atoms.", "L = -sum_j m_j log p_j(s, a), m the projection of r + gamma c z", "Bellemare, Dabney and Munos 2017", C51.Defaults, (o, t) => new C51(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("qr-dqn", "Distributional DQN by quantile regression.", "L = sum_i mean_j |tau_i - 1[u < 0]| huber(u), u = r + gamma c theta'_j - theta_i", "Dabney et al. 2018", QrDqn.Defaults, (o, t) => new QrDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("rainbow", "Double, dueling, prioritized, n-step, noisy and distributional DQN at once.", "L = -sum_j m_j log p_j(s, a), m the projection of R_n + gamma^n c z at argmax_a Q(s', a)", "Hessel et al. 2018", Rainbow.Defaults, (o, t) => new Rainbow(t.Environment, o, t.Seed, t.Workers)))
        .Add(Discrete("apex-dqn", "Many copies that explore differently, with prioritized replay.", "epsilon_i = epsilon^(1 + alpha i / (N - 1))", "Horgan et al. 2018", ApexDqn.Defaults, (o, t) => new ApexDqn(t.Environment, o, t.Seed, t.Workers)))
        .Add(Deterministic("ddpg", "Deep deterministic policy gradient.", "y = r + gamma c Q'(s', pi'(s'));  maximize Q(s, pi(s))", "Lillicrap et al. 2016; defaults of CleanRL", Ddpg.Defaults, (o, t) => new Ddpg(t.Environment, o, t.Seed, t.Workers)))
        .Add(Deterministic("td3", "Twin delayed deterministic policy gradient.", "y = r + gamma c min_i Q'_i(s', clip(pi'(s') + clip(e)));  maximize Q_1(s, pi(s))", "Fujimoto, van Hoof and Meger 2018; defaults of CleanRL", new Td3Options(), (o, t) => new Td3(t.Environment, o, t.Seed, t.Workers)))
        .Add(Soft("sac", "Soft actor-critic with a squashed Gaussian and a learned temperature.", ActionKinds.Continuous, new SacOptions(), "Haarnoja et al. 2018; defaults of CleanRL", (o, t) => new Sac(t.Environment, o, t.Seed, t.Workers)))
        .Add(Soft("discrete-sac", "Soft actor-critic for discrete actions.", ActionKinds.Discrete, DiscreteSac.Defaults, "Christodoulou 2019", (o, t) => new DiscreteSac(t.Environment, o, t.Seed, t.Workers)));

    private static ComponentDefinition<Algorithm, DqnOptions> Discrete(
        string key, string summary, string formula, string reference, DqnOptions defaults, Func<DqnOptions, LearningTask, Learner> create) => new(
        new ComponentInfo(key, Seam.Algorithms, summary, formula, reference),
        DqnOptions.CreateSchema(() => defaults),
        options => Define(ActionKinds.Discrete, options, create));

    private static ComponentDefinition<Algorithm, Td3Options> Deterministic(
        string key, string summary, string formula, string reference, Td3Options defaults, Func<Td3Options, LearningTask, Learner> create) => new(
        new ComponentInfo(key, Seam.Algorithms, summary, formula, reference),
        Td3Options.CreateSchema(() => defaults),
        options => Define(ActionKinds.Continuous, options, create));

    private static ComponentDefinition<Algorithm, SacOptions> Soft(
        string key, string summary, ActionKinds actions, SacOptions defaults, string reference, Func<SacOptions, LearningTask, Learner> create) => new(
        new ComponentInfo(
            key,
            Seam.Algorithms,
            summary,
            "y = r + gamma c (min_i Q'_i(s', a') - alpha log pi(a' | s'));  L_pi = mean (alpha log pi - min_i Q_i);  L_alpha = mean -alpha (log pi + H)",
            reference),
        SacOptions.CreateSchema(() => defaults, actions == ActionKinds.Continuous),
        options => Define(actions, options, create));

    private static Algorithm Define<TOptions>(ActionKinds actions, TOptions options, Func<TOptions, LearningTask, Learner> create)
        where TOptions : OffPolicyOptions => new(actions, task => create(options, task)) { Arithmetic = steps => Explain(options, steps) };

    private static string Explain(OffPolicyOptions o, long steps)
    {
        long updates = Math.Max(0, steps - o.LearningStarts) / o.TrainFrequency * o.GradientSteps;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{steps} steps of {o.Environments} copies, the first {Math.Min(steps, o.LearningStarts)} of them random; then {o.GradientSteps} updates every {o.TrainFrequency} steps on {o.BatchSize} of the last {o.BufferSize} transitions: {updates} updates");
    }
}
