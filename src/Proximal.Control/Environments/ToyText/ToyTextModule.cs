using Proximal.Recipes;

namespace Proximal.Control.Environments.ToyText;

/// <summary>The tabular environments that recipes can name.</summary>
internal static class ToyTextModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(EnvironmentModule.Define("frozenlake", "Over slippery ice to a goal without falling into a hole.", "FrozenLake-v1 of Gymnasium", FrozenLakeOptions.Schema, o => new FrozenLake(o)))
        .Add(EnvironmentModule.Define("taxi", "A passenger is taken from one landmark to another.", "Dietterich 2000; Taxi-v3 of Gymnasium", TaxiOptions.Schema, o => new Taxi(o)))
        .Add(EnvironmentModule.Define("cliffwalking", "The shortest way leads along a cliff.", "Sutton and Barto 2018, example 6.6; CliffWalking-v1 of Gymnasium", CliffWalkingOptions.Schema, o => new CliffWalking(o)));
}
