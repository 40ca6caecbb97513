using System.Globalization;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Safetensors;

namespace Proximal.Runs;

/// <summary>The state of an optimizer in a safetensors file, bit for bit; the number of steps stands in the metadata.</summary>
internal static class OptimizerState
{
    private const string Steps = "steps";

    public static void Write(string path, Optimizer optimizer)
    {
        SafetensorsContent[] contents = new SafetensorsContent[optimizer.StateCount];
        Span<int> sizes = stackalloc int[Tensors.Shape.MaximumRank];
        for (int i = 0; i < contents.Length; i++)
        {
            int rank = optimizer.StateShape(i).CopyTo(sizes);
            long[] shape = new long[rank];
            for (int axis = 0; axis < rank; axis++)
            {
                shape[axis] = sizes[axis];
            }

            contents[i] = SafetensorsContent.FromSingles(optimizer.StateName(i), shape, optimizer.State(i).ToArray());
        }

        SafetensorsWriter.Write(
            path, contents, new Dictionary<string, string>(StringComparer.Ordinal) { [Steps] = optimizer.Steps.ToString(CultureInfo.InvariantCulture) });
    }

    public static void Read(string path, Optimizer optimizer)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        for (int i = 0; i < optimizer.StateCount; i++)
        {
            file.ReadSingles(optimizer.StateName(i), optimizer.State(i));
        }

        if (!file.Metadata.TryGetValue(Steps, out string? text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps))
        {
            throw new InvalidDataException($"{path}: the metadata '{Steps}' is '{text}', expected a whole number.");
        }

        optimizer.Resume(steps);
    }
}
