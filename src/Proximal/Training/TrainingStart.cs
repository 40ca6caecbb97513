using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Training;

/// <summary>What a run begins with.</summary>
/// <param name="Recipe">The resolved recipe.</param>
/// <param name="Folder">Where the run lies.</param>
/// <param name="Parameters">Number of parameters of the model.</param>
/// <param name="Position">Where it begins; not the beginning when it continues from a checkpoint.</param>
/// <param name="Continued">Whether it continues from a checkpoint.</param>
public sealed record TrainingStart(Recipe Recipe, RunFolder Folder, long Parameters, RunPosition Position, bool Continued);
