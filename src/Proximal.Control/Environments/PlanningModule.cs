using Proximal.Control.Environments.Combinatorial;
using Proximal.Control.Environments.Deception;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Environments.LinearQuadratic;
using Proximal.Control.Environments.LotSizing;
using Proximal.Control.Environments.Puzzles;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments;

/// <summary>The puzzles, plans and small tests that recipes can name.</summary>
public static class PlanningModule
{
    /// <summary>Adds all of them.</summary>
    public static void Register(ComponentCatalog<IEnvironment> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(Define("sliding-puzzle", "Tiles that slide into a gap until they are in order.", "", SlidingPuzzleOptions.Schema, o => new SlidingPuzzle(o)))
            .Add(Define("pocket-cube", "The 2 x 2 x 2 cube, turned until every face has one color.", "", PocketCubeOptions.Schema, o => new PocketCube(o)))
            .Add(Define("lot-sizing", "Machines that make items in lots for demands by chance.", "Fleischmann 1990, \"The discrete lot-sizing and scheduling problem\"", LotSizingOptions.Schema, o => new LotSizingEnvironment(o)))
            .Add(Define("traveling-salesman", "A short tour through all nodes, built node by node.", "", TravelingSalesmanOptions.Schema, o => new TravelingSalesman(o)))
            .Add(Define("vehicle-routing", "Short routes of a vehicle that has to load again.", "", VehicleRoutingOptions.Schema, o => new VehicleRouting(o)))
            .Add(Define("orienteering", "A tour within a length that collects prizes.", "", OrienteeringOptions.Schema, o => new Orienteering(o)))
            .Add(Define("knapsack", "Items of the most value within a weight.", "", KnapsackOptions.Schema, o => new Knapsack(o)))
            .Add(Define("deceptive-walk", "A walk to a goal, in time, that an observer is to misread.", "Masters and Sardina 2017, \"Deceptive path-planning\"", DeceptiveWalkOptions.Schema, o => new DeceptiveWalk(o)))
            .Add(Define("combination-lock", "One right action a step, and a reward at the end that leads astray.", "Misra et al. 2020, \"Kinematic state abstraction and provably efficient rich-observation reinforcement learning\"", CombinationLockOptions.Schema, o => new CombinationLock(o)))
            .Add(Define("stitch-grid", "Two rooms seen through a small window, whose ways are to be put together of halves.", "Hong, Dragan and Levine 2023, \"Offline RL with Observation Histories\"", StitchGridOptions.Schema, o => new StitchGrid(o)))
            .Add(Define("t-maze", "A cue at the beginning says where to turn at the end.", "Bakker 2002, \"Reinforcement learning with long short-term memory\"", TMazeOptions.Schema, o => new TMaze(o.Length)))
            .Add(Define("peaks-bandit", "One step with several equally good actions.", "", () => new PeaksBandit()))
            .Add(Define("lqr", "A linear system that is to be kept at rest, whose best controller is known.", "", () => new LinearQuadraticRegulation()));
    }

    private static ComponentDefinition<IEnvironment, NoOptions> Define(string key, string summary, string source, Func<IEnvironment> create) =>
        Define(key, summary, source, NoOptions.Schema, _ => create());

    private static ComponentDefinition<IEnvironment, TOptions> Define<TOptions>(
        string key, string summary, string source, OptionSchema<TOptions> options, Func<TOptions, IEnvironment> create)
        where TOptions : class => new(new ComponentInfo(key, Seam.Environments, summary, "", source), options, create);
}
