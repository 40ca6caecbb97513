namespace Proximal.Control.Learning;

/// <summary>Watches a learner.</summary>
public interface ILearningObserver
{
    /// <summary>Called on the learning thread after every iteration; the learner may be saved here.</summary>
    /// <param name="learner">The learner, with its metrics and episodes.</param>
    void OnIteration(Learner learner);
}
