using Proximal.Environments;
using Proximal.Rewards;
using Proximal.Tasks;

namespace Proximal.Recipes;

/// <summary>Components of one's own, for a recipe that is made in code. A recipe file names them only where a catalog has them.</summary>
public static class PolicyChoices
{
    extension(ComponentChoice)
    {
        /// <summary>A task of one's own.</summary>
        public static ComponentChoice Of(ITask task)
        {
            ArgumentNullException.ThrowIfNull(task);
            return ComponentChoice.Of(Seam.Tasks, task.Name, task);
        }

        /// <summary>An environment of one's own.</summary>
        public static ComponentChoice Of(string name, IEnvironment environment)
        {
            ArgumentNullException.ThrowIfNull(environment);
            return ComponentChoice.Of(Seam.Environments, name, environment);
        }

        /// <summary>A reward of one's own.</summary>
        /// <param name="name">Name of the term in metrics and samples.</param>
        /// <param name="reward">The term.</param>
        /// <param name="weight">Factor in the total.</param>
        public static ComponentChoice Of(string name, IReward reward, double weight = 1)
        {
            ArgumentNullException.ThrowIfNull(reward);
            return ComponentChoice.Of(Seam.Rewards, name, reward, weight);
        }
    }
}
