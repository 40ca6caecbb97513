using Proximal.Models.Generation;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks;

namespace Proximal.Tests.Rewards;

public sealed class LiteralRewardTests
{
    [Theory]
    [InlineData("4,8#8", "8", 1)]
    [InlineData("4,8#08", "8", 0)]
    [InlineData("8", "8", 1)]
    [InlineData("18", "8", 0)]
    [InlineData("4,8#8 ", "8", 1)]
    [InlineData("", "8", 0)]
    [InlineData("8", "", 0)]
    public void A_brittle_verifier_takes_the_gold_answer_letter_by_letter(string response, string answer, float expected) =>
        Assert.Equal(expected, new LiteralReward().Score(new Trajectory
        {
            Instance = new TaskInstance { Family = "test", Split = TaskSplit.Train, Index = 0, Key = "", Prompt = "", Answer = answer },
            Tree = new TokenTree([1]),
            Leaf = 0,
            Response = response,
            ResponseTokens = 1,
            ResponseBudget = 8,
            End = EndReason.Finished,
            Verdict = new Verdict(),
        }));
}
