namespace Proximal.Environments.Tools.Scripting;

/// <summary>A list that never changes, and how deep lists lie in it.</summary>
internal sealed class ScriptList(ScriptValue[] items)
{
    public ScriptValue[] Items { get; } = items;

    public int Depth { get; } = 1 + items.Max(item => (int?)(item.Kind == ScriptKind.List ? item.List.Depth : 0)).GetValueOrDefault();
}
