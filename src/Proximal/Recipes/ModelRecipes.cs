using Proximal.Rollouts.Sharing;
using Proximal.Tensors.Random;

namespace Proximal.Recipes;

/// <summary>What each of several models that train side by side has to do.</summary>
internal static class ModelRecipes
{
    /// <summary>The recipe of each model by itself, that of the recipe first, then its peers: each with its model, its seed, and its share of the rollouts of a step.</summary>
    public static IReadOnlyList<Recipe> Of(Recipe recipe)
    {
        IReadOnlyList<PeerModel> peers = recipe.Peers?.Models ?? [];
        Recipe[] all = new Recipe[peers.Count + 1];
        all[0] = recipe;
        for (int i = 0; i < peers.Count; i++)
        {
            PeerModel peer = peers[i];
            all[i + 1] = recipe with
            {
                Seed = SeedOf(recipe.Seed, peer.Seed == 0 ? i + 1 : peer.Seed),
                Model = peer.Model,
                Supervised = peer.Supervised,
            };
        }

        return [.. all.Select((one, place) => one with { Policy = ShareOf(recipe, place, all.Length), Peers = null })];
    }

    /// <summary>The first prompt of a step that a model answers.</summary>
    public static int FirstPrompt(Recipe recipe, int place) =>
        recipe is { Policy: { } policy, Peers: { Sharing: RolloutSharing.Vertical } peers } ? Boundary(policy.Prompts, place, peers.Models.Count + 1) : 0;

    private static PolicyStage? ShareOf(Recipe recipe, int place, int models) => (recipe.Policy, recipe.Peers?.Sharing) switch
    {
        ({ } policy, RolloutSharing.Vertical) => policy with { Prompts = Share(policy.Prompts, place, models) },
        ({ } policy, RolloutSharing.Horizontal) => policy with { Rollouts = Share(policy.Rollouts, place, models) },
        _ => recipe.Policy,
    };

    private static int Share(int total, int place, int models) => Boundary(total, place + 1, models) - Boundary(total, place, models);

    private static int Boundary(int total, int place, int models) => (int)((long)total * place / models);

    private static int SeedOf(int seed, int number) => (int)(new RandomStream((ulong)seed, RandomPurpose.Peers, number).Bits(0) & int.MaxValue);
}
