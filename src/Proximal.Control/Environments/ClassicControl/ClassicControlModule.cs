using Proximal.Recipes;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>The environments of classic control that recipes can name.</summary>
internal static class ClassicControlModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(EnvironmentModule.Define("cartpole", "A pole on a cart that is pushed left or right, to be kept upright.", "Barto, Sutton and Anderson 1983; CartPole-v1 of Gymnasium", CartPoleOptions.Schema, o => new CartPole(o)))
        .Add(EnvironmentModule.Define("mountaincar", "A car too weak for the hill swings itself up by full pushes.", "Moore 1990; MountainCar-v0 of Gymnasium", () => new MountainCar()))
        .Add(EnvironmentModule.Define("mountaincar-continuous", "A car too weak for the hill swings itself up by forces that cost.", "MountainCarContinuous-v0 of Gymnasium", () => new MountainCarContinuous()))
        .Add(EnvironmentModule.Define("pendulum", "A pendulum is swung up and held by a weak torque.", "Pendulum-v1 of Gymnasium", () => new Pendulum()))
        .Add(EnvironmentModule.Define("acrobot", "Two links are swung up by a torque at the joint between them.", "Sutton 1996; Acrobot-v1 of Gymnasium", () => new Acrobot()));
}
