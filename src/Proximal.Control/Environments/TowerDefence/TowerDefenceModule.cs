using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>The game that recipes can name.</summary>
internal static class TowerDefenceModule
{
    private const string Source = "TowerMind: A Tower Defence Game Learning Environment and Benchmark for LLM as Agents";

    private const string Mechanism =
        "Enemies come in waves along paths to a base, and one decision a second builds, upgrades and sells towers, leads a hero, calls knights or takes coins. An action that is impossible has no effect "
        + "and an error code, so that it can be counted how often a player wants what cannot be. Pixels, text and numbers show one state; the score is the share of lives left.";

    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(new ComponentDefinition<IEnvironment, TowerMiniOptions>(
            new ComponentInfo("tower-mini", Seam.Environments, "Towers, knights and a hero hold off waves of enemies.", "", Source) { Mechanism = Mechanism },
            TowerMiniOptions.Schema,
            options => new TowerMini(options)))
        .Add(new ComponentDefinition<IEnvironment, TowerMiniOptions>(
            new ComponentInfo("towermind", Seam.Environments, "tower-mini seen and played as in TowerMind: a structured vector with padding, a grid of places.", "", Source) { Mechanism = Mechanism },
            TowerMiniOptions.CreateSchema(() => TowerMiniOptions.Original),
            options => new TowerMini(options, null, "towermind")));
}
