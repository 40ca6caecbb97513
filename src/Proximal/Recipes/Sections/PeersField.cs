using System.Globalization;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>The models beside that of the recipe, each of which starts from what the recipe says of its own.</summary>
internal sealed class PeersField(RecipeSection<ModelSettings> model, RecipeSection<SupervisedStage> supervised)
    : RecipeField<Recipe>("peers", "Models that train side by side with that of the recipe and share rollouts with it.")
{
    private const string Models = "models";

    /// <inheritdoc/>
    public override Recipe Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, Recipe current)
    {
        if (node is null)
        {
            return current;
        }

        PeerModel template = new() { Name = "", Model = current.Model, Supervised = current.Supervised };
        Recipe read = current with { Peers = Section(template).Read(binding, node, path, current.Peers ?? new PeerSettings()) };
        if (binding.FaultCount == 0)
        {
            foreach ((int peer, string key, string fault) in read.Peers.FindFaults(read))
            {
                string full = RecipeBinding.Join(path, peer < 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{Models}[{peer}].{key}"));
                binding.Report(PositionOf(node, peer, key), full, $"'{full}' {fault}");
            }
        }

        return read;
    }

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, Recipe value)
    {
        if (value.Peers is { } peers)
        {
            writer.Open(Key);
            Section((PeerModel)PeerModel.Schema.CreateDefaults()).Write(writer, peers);
            writer.Close();
        }
    }

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => Section((PeerModel)PeerModel.Schema.CreateDefaults()).WriteSchema(schema, Description);

    private RecipeSection<PeerSettings> Section(PeerModel template) => new RecipeSection<PeerSettings>(PeerSettings.Schema)
        .Add(new SectionListField<PeerSettings, PeerModel>(Models, "The models, each with what it has of its own.", Peer(), () => template, p => p.Models, (p, v) => p with { Models = v }));

    private RecipeSection<PeerModel> Peer() => new RecipeSection<PeerModel>(PeerModel.Schema)
        .Section("model", "Where it starts from; keys that are not here are as in the recipe.", model, _ => new(), p => p.Model, (p, v) => p with { Model = v })
        .Section("supervised", "How it learns from demonstrations; keys that are not here are as in the recipe.", supervised, _ => new(), p => p.Supervised, (p, v) => p with { Supervised = v });

    /// <summary>Where a key was written; the nearest thing around it where it was not.</summary>
    private static RecipePosition PositionOf(YamlNode node, int peer, string key)
    {
        YamlNode at = node;
        if (peer >= 0 && (node as YamlMapping)?.Find(Models)?.Value is YamlSequence models && peer < models.Items.Count)
        {
            at = models.Items[peer];
        }

        foreach (string part in key.Split('.'))
        {
            if ((at as YamlMapping)?.Find(part) is not { } entry)
            {
                break;
            }

            at = entry.Value;
        }

        return at.Position;
    }
}
