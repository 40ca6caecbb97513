using Proximal.Control.Environments;
using Proximal.Control.Environments.Combinatorial;

namespace Proximal.Control.Tests.Environments.Combinatorial;

public sealed class SolverTests
{
    [Fact]
    public void The_corners_of_the_unit_square_have_a_tour_of_length_4()
    {
        Distances square = Distances.Between([0, 0, 1, 1, 0, 1, 1, 0]);
        EpisodeRandom random = new(1);
        Assert.Equal(4, square.Length(HeldKarp.Solve(square), closed: true), 1e-12);
        Assert.Equal(4, square.Length(TourImprovement.Solve(square, ref random), closed: true), 1e-12);
        Assert.Equal([0], HeldKarp.Solve(Distances.Between([0, 0])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dynamic_programming_finds_the_best_of_all_tours_and_local_search_comes_close(bool asymmetric)
    {
        EpisodeRandom random = new(2);
        for (int trial = 0; trial < 5; trial++)
        {
            Distances distances = asymmetric ? Distances.Drawn(7, ref random) : Distances.Between(Points(7, ref random));
            int[] tour = HeldKarp.Solve(distances);
            Assert.Equal(Enumerable.Range(0, 7), tour.Order());
            double best = Permutations([1, 2, 3, 4, 5, 6]).Min(rest => distances.Length([0, .. rest], closed: true));
            Assert.Equal(best, distances.Length(tour, closed: true), 1e-12);
            int[] local = TourImprovement.Solve(distances, ref random);
            Assert.Equal(0, local[0]);
            Assert.Equal(Enumerable.Range(0, 7), local.Order());
            Assert.InRange(distances.Length(local, closed: true), best - 1e-9, best * 1.02);
        }
    }

    [Fact]
    public void Local_search_never_lengthens_a_tour_and_keeps_its_nodes()
    {
        EpisodeRandom random = new(3);
        for (int trial = 0; trial < 10; trial++)
        {
            Distances distances = trial % 2 == 0 ? Distances.Drawn(30, ref random) : Distances.Between(Points(30, ref random));
            int[] tour = [.. Enumerable.Range(0, 30)];
            double before = distances.Length(tour, closed: true);
            TourImprovement.Improve(distances, tour);
            Assert.Equal(Enumerable.Range(0, 30), tour.Order());
            Assert.True(distances.Length(tour, closed: true) < before);
        }
    }

    [Fact]
    public void No_detour_is_shorter_than_a_drawn_distance()
    {
        EpisodeRandom random = new(4);
        Distances distances = Distances.Drawn(12, ref random);
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j < 12; j++)
            {
                for (int k = 0; k < 12; k++)
                {
                    Assert.True(distances[i, j] <= distances[i, k] + distances[k, j] + 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Routes_by_savings_serve_everyone_once_within_the_capacity()
    {
        EpisodeRandom random = new(5);
        Distances distances = Distances.Between(Points(21, ref random));
        int[] demands = [0, .. Enumerable.Range(0, 20).Select(i => 1 + (i * 7 % 9))];
        List<int[]> routes = SavingsSolver.Solve(distances, demands, 30);
        Assert.Equal(Enumerable.Range(1, 20), routes.SelectMany(route => route).Order());
        Assert.All(routes, route => Assert.InRange(route.Sum(node => demands[node]), 1, 30));
        double length = routes.Sum(route => distances.Length([0, .. route], closed: true)), alone = Enumerable.Range(1, 20).Sum(node => 2 * distances[0, node]);
        Assert.True(length < 0.6 * alone);
        Assert.Throws<ArgumentException>(() => SavingsSolver.Solve(distances, demands, 8));
    }

    [Fact]
    public void The_knapsack_of_the_worked_example_holds_the_first_and_the_third_item()
    {
        Assert.Equal([0, 2], KnapsackSolver.Solve([0.5, 0.6, 0.7], [0.6, 0.5, 0.9], 1.25));
        EpisodeRandom random = new(6);
        double[] weights = new double[12], values = new double[12];
        for (int i = 0; i < 12; i++)
        {
            (weights[i], values[i]) = (random.Integer(1, 1000) / 1000.0, random.Uniform());
        }

        double best = Enumerable.Range(0, 1 << 12).Where(set => Sum(set, weights) <= 3 + 1e-9).Max(set => Sum(set, values));
        Assert.Equal(best, KnapsackSolver.Solve(weights, values, 3).Sum(item => values[item]), 1e-12);
    }

    [Fact]
    public void Exact_tours_collect_at_least_as_much_as_inserted_ones_and_keep_their_length()
    {
        EpisodeRandom random = new(7);
        double[] points = Points(40, ref random), prizes = [0, .. Enumerable.Range(0, 39).Select(i => 0.1 + (i % 5 * 0.2))];
        Distances large = Distances.Between(points), small = Distances.Between(points.AsSpan(0, 22));
        int[] inserted = OrienteeringSolver.Solve(large, prizes, 3), exact = OrienteeringSolver.Solve(small, prizes.AsSpan(0, 11), 1.5);
        Assert.True(large.Length(inserted, closed: true) <= 3 + 1e-9 && small.Length(exact, closed: true) <= 1.5 + 1e-9);
        Assert.Equal(inserted.Length, inserted.Distinct().Count());
        double best = 0;
        for (int set = 1; set < 1 << 11; set += 2)
        {
            int[] nodes = [.. Enumerable.Range(0, 11).Where(node => (set >> node & 1) == 1)];
            if (nodes.Length <= 6 && Permutations(nodes[1..]).Any(rest => small.Length([0, .. rest], closed: true) <= 1.5))
            {
                best = Math.Max(best, nodes.Sum(node => prizes[node]));
            }
        }

        Assert.True(exact.Sum(node => prizes[node]) >= best - 1e-12);
        Assert.True(inserted.Sum(node => prizes[node]) > 0.3 * prizes.Sum());
    }

    internal static double[] Points(int count, ref EpisodeRandom random)
    {
        double[] points = new double[2 * count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = random.Uniform();
        }

        return points;
    }

    private static double Sum(int set, double[] numbers) => numbers.Where((_, i) => (set >> i & 1) == 1).Sum();

    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 0
        ? [[]]
        : values.SelectMany(first => Permutations([.. values.Where(value => value != first)]).Select(rest => (int[])[first, .. rest]));
}
