using Proximal.Control.Spaces;
using Proximal.Models.Files;

namespace Proximal.Control.Policies;

/// <summary>The kinds of policies that files can name.</summary>
internal static class PolicyModule
{
    private static readonly Dictionary<string, Func<Space, Space, JsonFields, Policy>> Kinds = new(StringComparer.Ordinal)
    {
        [ActorCriticPolicy.KindName] = ActorCriticPolicy.Read,
        [DecisionTransformerPolicy.KindName] = DecisionTransformerPolicy.Read,
        [DeterministicPolicy.KindName] = DeterministicPolicy.Read,
        [DiffusionPolicy.KindName] = DiffusionPolicy.Read,
        [DiffusionQPolicy.KindName] = DiffusionQPolicy.Read,
        [FlowPolicy.KindName] = FlowPolicy.Read,
        [GaussianPolicy.KindName] = GaussianPolicy.Read,
        [ScaledPolicy.KindName] = ScaledPolicy.Read,
        [NetworkPolicy.KindName] = NetworkPolicy.Read,
        [QNetworkPolicy.KindName] = QNetworkPolicy.Read,
        [ShootingPolicy.KindName] = ShootingPolicy.Read,
        [SoftmaxPolicy.KindName] = SoftmaxPolicy.Read,
        [SquashedGaussianPolicy.KindName] = SquashedGaussianPolicy.Read,
        [TabularPolicy.KindName] = TabularPolicy.Read,
    };

    public static Policy Create(JsonFields description, Space observations, Space actions) =>
        Kinds.TryGetValue(description.Text("kind"), out Func<Space, Space, JsonFields, Policy>? create)
            ? create(observations, actions, description.ObjectOrNull("settings") ?? throw description.Missing("settings"))
            : throw description.Fault("kind", description.Text("kind"), $"one of {string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal))}");
}
