using Proximal.Analysis.Trees;
using Proximal.Tensors.Files;

namespace Proximal.Cli.Trees;

/// <summary>The files that trees are written to; the name says in which form.</summary>
internal static class TreeFiles
{
    private const int PictureLevels = 5;

    private static readonly string[] Extensions = [".json", ".dot", ".cs", ".svg", ".txt"];

    /// <summary>Refuses names of unknown forms, before anything is computed.</summary>
    /// <exception cref="CommandFailure">A name has another ending.</exception>
    public static void Require(string option, string? path, params string[] endings)
    {
        string[] allowed = endings.Length == 0 ? Extensions : endings;
        if (path is not null && !allowed.Contains(Path.GetExtension(path)))
        {
            throw new CommandFailure($"{option} is '{path}', expected a file that ends in {string.Join(" or ", allowed)}");
        }
    }

    /// <summary>Writes a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">The file.</param>
    /// <param name="levels">Questions that a picture shows below each other; null for five.</param>
    /// <param name="marked">Leaves that stand out in pictures and text; null for none.</param>
    public static void Write(DecisionTree tree, string path, int? levels = null, IReadOnlySet<int>? marked = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string name = Path.GetFileNameWithoutExtension(path);
        switch (Path.GetExtension(path))
        {
            case ".json":
                TreeJson.Save(tree, path);
                break;
            case ".dot":
                AtomicFile.WriteText(path, TreeDot.Write(tree));
                break;
            case ".cs":
                AtomicFile.WriteText(path, TreeCSharp.Write(tree, name));
                break;
            case ".svg":
                AtomicFile.WriteText(path, TreeSvg.Write(tree, name, levels ?? PictureLevels, marked));
                break;
            default:
                AtomicFile.WriteText(path, TreeText.Write(tree, marked: marked));
                break;
        }
    }
}
