namespace Proximal.Recipes;

/// <summary>Finds the files that a recipe names.</summary>
public static class RecipePaths
{
    /// <summary>
    /// The recipe with checkpoint folders as paths that hold from everywhere: as given where they are there from the current folder, else
    /// relative to the recipe file. A recipe without a checkpoint comes back as it is.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="path">The file that it was read from.</param>
    /// <exception cref="RecipeException">The folder is in neither place.</exception>
    public static Recipe Locate(Recipe recipe, string path)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(path);
        if (recipe.Model.Checkpoint is { Length: > 0 } model)
        {
            recipe = recipe with { Model = recipe.Model with { Checkpoint = Find(model, "model.checkpoint") } };
        }

        if (recipe.Supervised?.Teacher is { IsTrained: false } teacher)
        {
            TeacherSettings located = teacher with { Checkpoint = Find(teacher.Checkpoint, "supervised.teacher.checkpoint") };
            recipe = recipe with { Supervised = recipe.Supervised with { Teacher = located } };
        }

        if (recipe.Peers is { } peers)
        {
            PeerModel[] models = [.. peers.Models.Select((peer, i) => peer.Model.IsCheckpoint
                ? peer with { Model = peer.Model with { Checkpoint = Find(peer.Model.Checkpoint, FormattableString.Invariant($"peers.models[{i}].model.checkpoint")) } }
                : peer)];
            recipe = recipe with { Peers = peers with { Models = models } };
        }

        return recipe;

        string Find(string given, string key) => RecipeLocation.Find(given, path, key, "folder", Directory.Exists);
    }
}
