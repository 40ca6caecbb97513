using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>The folders of control runs.</summary>
public static class ControlRunFolders
{
    extension(RunFolder folder)
    {
        /// <summary>Whether the run trains a controller.</summary>
        public bool IsControlRun => folder.Exists && ControlRecipeReader.IsControlRecipe(folder.Recipe);

        /// <summary>Loads the policy of a run: of a finished one the last, of another that of the newest checkpoint.</summary>
        /// <exception cref="DirectoryNotFoundException">The run has no checkpoint yet.</exception>
        /// <exception cref="InvalidDataException">A file of the policy is damaged.</exception>
        public Policy LoadPolicy()
        {
            string checkpoint = CheckpointFolders.Latest(folder) ?? throw new DirectoryNotFoundException($"{folder.Path}: the run has no checkpoint yet.");

            // The policy is exported right before the last checkpoint: until that is there it may be in parts.
            bool isExported = ControlState.Read(checkpoint).Position.Stage == TrainingStage.Finished && File.Exists(Path.Combine(folder.Model, PolicyFile.DescriptionName));
            return PolicyFile.Load(isExported ? folder.Model : ControlSession.LearnerFolder(checkpoint));
        }
    }
}
