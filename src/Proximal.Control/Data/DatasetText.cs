namespace Proximal.Control.Data;

/// <summary>What reading data sets from lines of text has in common.</summary>
internal static class DatasetText
{
    public static void Add(DatasetBuilder builder, string place, float[] observation, float[] action, float reward, float[] nextObservation, bool terminated, bool truncated)
    {
        try
        {
            builder.Add(observation, action, reward, nextObservation, terminated, truncated);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{place}: {exception.Message}", exception);
        }
    }

    public static OfflineDataset Finish(DatasetBuilder builder, string path)
    {
        try
        {
            return builder.ToDataset();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
