using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Tensors;
using Proximal.Tensors.Files;
using Proximal.Tensors.Safetensors;

namespace Proximal.Control.Policies;

/// <summary>A policy on disk: <c>policy.json</c> with kind, spaces and settings, and <c>policy.safetensors</c> with the parameters.</summary>
public static class PolicyFile
{
    /// <summary>Name of the description.</summary>
    public const string DescriptionName = "policy.json";

    /// <summary>Name of the parameters.</summary>
    public const string ParametersName = "policy.safetensors";

    private const string Format = "proximal-policy";
    private const int Version = 1;
    private const int LargestDescription = 1 << 24;

    /// <summary>Writes a policy into a folder.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(Policy policy, string folder)
    {
        ArgumentNullException.ThrowIfNull(policy);
        AtomicFile.CreateFolder(folder);
        SafetensorsWriter.Write(Path.Combine(folder, ParametersName), policy.Parameters.Select(parameter => SafetensorsContent.FromTensor(parameter.Name, parameter)));
        AtomicFile.Write(Path.Combine(folder, DescriptionName), stream =>
        {
            using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            writer.WriteString("kind", policy.Kind);
            writer.WritePropertyName("observations");
            SpaceJson.Write(writer, policy.Observations);
            writer.WritePropertyName("actions");
            SpaceJson.Write(writer, policy.Actions);
            writer.WriteStartObject("settings");
            policy.WriteSettings(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    /// <summary>Reads a policy from a folder.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it, the key and what was expected.</exception>
    public static Policy Load(string folder)
    {
        string path = Path.Combine(folder, DescriptionName);
        using JsonDocument document = JsonFile.Parse(path, JsonFile.ReadBytes(path, LargestDescription));
        JsonFields fields = new(path, document.RootElement);
        if (fields.Text("format") != Format)
        {
            throw fields.Fault("format", fields.Text("format"), Format);
        }

        fields.Integer("version", Version, Version);
        Policy policy;
        try
        {
            policy = PolicyModule.Create(fields, SpaceJson.Read(fields, "observations"), SpaceJson.Read(fields, "actions"));
        }
        catch (ArgumentException cause)
        {
            throw new InvalidDataException($"{path}: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }

        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, ParametersName));
            foreach (Parameter parameter in policy.Parameters)
            {
                if (!file.Find(parameter.Name).HasShape(parameter.Shape))
                {
                    throw new InvalidDataException($"{file.FilePath}: {parameter.Name} has shape {file.Find(parameter.Name).ShapeText()}, expected {parameter.Shape}.");
                }

                file.ReadSingles(parameter.Name, parameter.Data);
                parameter.MarkChanged();
            }
        }
        catch
        {
            policy.Dispose();
            throw;
        }

        return policy;
    }
}
