using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>The game that recipes can name.</summary>
internal static class TowerDefenceModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog.Add(new ComponentDefinition<IEnvironment, TowerMiniOptions>(
        new ComponentInfo(
            "tower-mini",
            Seam.Environments,
            "Towers, knights and a hero hold off waves of enemies.",
            "",
            "TowerMind: A Tower Defence Game Learning Environment and Benchmark for LLM as Agents"),
        TowerMiniOptions.Schema,
        options => new TowerMini(options)));
}
