namespace Proximal.Training;

/// <summary>What the routers of a mixture did in an update.</summary>
/// <param name="FlipRate">Share of tokens and layers in which the routers now choose other experts than the sampler went through.</param>
/// <param name="LargestLoad">The load of the busiest expert of any layer, as a multiple of an even share: 1 where all are alike, the number of experts at worst.</param>
internal readonly record struct RoutingStatistics(double FlipRate, double LargestLoad)
{
    /// <summary>Sums what the lanes of an update counted.</summary>
    public static RoutingStatistics Of(ReadOnlySpan<UpdateLane> lanes, int experts)
    {
        long flips = 0, compared = 0;
        List<long> loads = [];
        foreach (UpdateLane lane in lanes)
        {
            flips += lane.Routes.Flips;
            compared += lane.Routes.Compared;
            for (int i = 0; i < lane.Routes.Loads.Length; i++)
            {
                if (i == loads.Count)
                {
                    loads.Add(0);
                }

                loads[i] += lane.Routes.Loads[i];
            }
        }

        double largest = 1;
        for (int layer = 0; layer < loads.Count; layer += experts)
        {
            List<long> ofLayer = loads.GetRange(layer, experts);
            largest = Math.Max(largest, (double)experts * ofLayer.Max() / Math.Max(1, ofLayer.Sum()));
        }

        return new RoutingStatistics(compared == 0 ? 0 : (double)flips / compared, largest);
    }
}
