namespace Proximal.Environments.Tools.Scripting;

/// <summary>A function of a program; its address is -1 as long as it was only called.</summary>
internal sealed class ScriptFunction(string name)
{
    public string Name { get; } = name;

    public int Address { get; set; } = -1;

    public int Parameters { get; set; }

    public int Locals { get; set; }
}
