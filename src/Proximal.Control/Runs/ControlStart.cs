using Proximal.Control.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>What a control run begins with.</summary>
/// <param name="Recipe">The resolved recipe.</param>
/// <param name="Folder">Where the run lies.</param>
/// <param name="Parameters">Number of parameters of the policy.</param>
/// <param name="Step">Where it begins; not 0 when it continues from a checkpoint.</param>
/// <param name="Continued">Whether it continues from a checkpoint.</param>
/// <param name="Finished">Whether nothing is left to do.</param>
public sealed record ControlStart(ControlRecipe Recipe, RunFolder Folder, long Parameters, int Step, bool Continued, bool Finished);
