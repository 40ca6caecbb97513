using Proximal.Recipes;

namespace Proximal.Control.Environments.Navigation;

/// <summary>The mazes and goals that recipes can name.</summary>
internal static class NavigationModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(EnvironmentModule.Define("pointmaze", "A ball is pushed through a maze to a goal.", "Fu et al. 2020, maze2d of D4RL", PointMazeOptions.Schema, o => new PointMaze(o)))
        .Add(EnvironmentModule.Define("multigoal", "A point among goals on a circle that are all as good.", "Haarnoja et al. 2017", MultiGoalOptions.Schema, o => new MultiGoal(o)))
        .Add(EnvironmentModule.Define("goal-navigation", "A point finds out where its goal is; other goals are other tasks.", "Finn, Abbeel and Levine 2017", GoalNavigationOptions.Schema, o => new GoalNavigation(o)));
}
