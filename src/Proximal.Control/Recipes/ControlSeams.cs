using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>The places where components plug into a control recipe.</summary>
public static class ControlSeams
{
    extension(Seam)
    {
        /// <summary>What is to be controlled.</summary>
        public static Seam Environments => new("Environments");

        /// <summary>Changes to an environment, the innermost first.</summary>
        public static Seam Wrappers => new("Wrappers");

        /// <summary>How a policy is learned.</summary>
        public static Seam Algorithms => new("Algorithms");
    }
}
