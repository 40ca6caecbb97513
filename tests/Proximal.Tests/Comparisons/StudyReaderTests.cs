using Proximal.Comparisons;
using Proximal.Recipes;

namespace Proximal.Tests.Comparisons;

public sealed class StudyReaderTests : IDisposable
{
    private const string Recipe = "task: digit-completion\npolicy: { objective: grpo, steps: 5 }\n";

    private readonly TemporaryFolder folder = new();

    public StudyReaderTests()
    {
        File.WriteAllText(folder.File("grpo.yaml"), Recipe);
        File.WriteAllText(folder.File("other.yaml"), Recipe.Replace("grpo", "rloo", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_names_recipes_variants_and_seeds()
    {
        Study study = Read("""
            recipe: grpo.yaml
            seeds: 1-2,5
            metric: reward/mean
            set: { policy.prompts: 4 }
            variants:
              - base
              - name: higher
                set: { policy.clipping.high: 0.28, policy.prompts: 6 }
              - name: other
                recipe: other.yaml
            """);

        Assert.Equal(("study", "reward/mean"), (study.Name, study.Metric));
        Assert.Equal([1, 2, 5], study.Seeds);
        Assert.Equal(["base", "higher", "other"], study.Variants.Select(variant => variant.Name));
        IReadOnlyList<ComparedRun> runs = PolicyRun.Of(study, folder.Path);
        Assert.Equal(["base-1", "higher-1", "other-1", "base-2", "higher-2", "other-2", "base-5", "higher-5", "other-5"], runs.Select(run => run.Name));
        RecipeTerms terms = new(runs);
        Assert.Empty(terms["base"]);
        Assert.Equal(["policy.prompts: 4 → 6", "policy.clipping.high: 0.2 → 0.28"], terms["higher"].Select(term => term.ToString()));
        Assert.Equal("policy.objective: grpo → rloo", terms["other"][0].ToString());
        Assert.Equal(["'higher' differs from the baseline in the prompts of a step (policy.prompts: 4 → 6)"], terms.Inequalities);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_study_is_told_at_once_with_line_key_and_value() => AssertFaults(
        """
        recipe: gropo.yaml
        seeds: 3-1
        sed: { a: 1 }
        variants:
          - 3
          - set: { policy.steps: 2 }
          - { name: a, recipe: grpo.yaml, set: 5 }
          - [ 1 ]
        """,
        $"1: 'recipe' is 'gropo.yaml', expected a file; there is none at {folder.File("gropo.yaml")}",
        "2: 'seeds' is '3-1', expected seeds from 0 with commas and ranges, as in 1-3 or 1,4,7",
        "3: 'sed' is not a known key; did you mean 'set'? (known: name, recipe, seeds, metric, set, variants)",
        "5: 'variants[0].recipe' is missing, expected a recipe, here or as 'recipe' of the study",
        "6: 'variants[1].name' is missing, expected what the report calls it",
        "7: 'variants[2].set' is '5', expected keys of the recipe with values, as policy.clipping.high: 0.28",
        "8: 'variants[3]' is a list, expected a name, or keys: name, recipe, set");

    [Fact]
    public void A_study_without_variants_is_refused() =>
        AssertFaults("recipe: grpo.yaml\n", "1: 'variants' is missing, expected a list whose elements have a name, and 'set' or 'recipe'");

    [Fact]
    public void Two_variants_of_one_name_are_refused() =>
        AssertFaults("recipe: grpo.yaml\nvariants: [ a, A ]\n", "two variants are called 'A', expected different names");

    [Fact]
    public void A_name_that_no_folder_can_have_is_refused() =>
        AssertFaults("recipe: grpo.yaml\nvariants: [ ../a ]\n", "a variant is called '../a', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'");

    [Fact]
    public void A_value_that_a_recipe_refuses_is_told_with_the_line_of_the_study()
    {
        Study study = Read("""
            recipe: grpo.yaml
            variants:
              - base
              - name: wrong
                set:
                  policy.clipping.hihg: 0.28
                  policy.steps: many
            """);

        RecipeException fault = Assert.Throws<RecipeException>(() => PolicyRun.Of(study, folder.Path));

        string file = folder.File("study.yaml");
        Assert.Equal(2, fault.Faults.Count);
        Assert.Contains(fault.Faults, one => one.ToString().StartsWith($"{file}:7: 'policy.steps' is 'many', expected a whole number", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, one => one.ToString().StartsWith($"{file}:6: 'policy.clipping.hihg' is not a known key; did you mean 'high'?", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_that_all_variants_share_is_told_once()
    {
        File.WriteAllText(folder.File("grpo.yaml"), "task: digit-completions\n");

        RecipeException fault = Assert.Throws<RecipeException>(() => PolicyRun.Of(Read("recipe: grpo.yaml\nvariants: [ a, b ]\n"), folder.Path));

        Assert.Single(fault.Faults);
    }

    [Fact]
    public void Runs_of_other_tasks_are_not_on_equal_terms()
    {
        Study study = Read("recipe: grpo.yaml\nvariants: [ a, { name: b, set: { task: countdown, evaluation.prompts: 7, checkpoints.keep: 9 } } ]\n");

        string inequality = Assert.Single(new RecipeTerms(PolicyRun.Of(study, folder.Path)).Inequalities);

        Assert.StartsWith("'b' differs from the baseline in the problems and how results are measured (task", inequality, StringComparison.Ordinal);
        Assert.DoesNotContain("checkpoints", inequality, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_study_of_the_repository_reads() => Assert.All(Repository.Studies, path =>
    {
        Assert.True(StudyReader.IsStudy(path));
        Study study = StudyReader.ReadFile(path);
        Assert.Empty(new RecipeTerms(PolicyRun.Of(study, folder.Path)).Inequalities);
    });

    [Theory]
    [InlineData("1-3", new[] { 1, 2, 3 })]
    [InlineData("7, 1 ,2-3,3", new[] { 1, 2, 3, 7 })]
    [InlineData("0", new[] { 0 })]
    [InlineData("", null)]
    [InlineData("3-1", null)]
    [InlineData("-1", null)]
    [InlineData("1-2-3", null)]
    [InlineData("0-1000", null)]
    [InlineData("0-99999999999", null)]
    public void Seeds_are_written_as_ranges(string text, int[]? seeds) => Assert.Equal(seeds, SeedList.Parse(text));

    [Fact]
    public void Seeds_are_told_as_ranges() => Assert.Equal("0, 2, 3, 5-8", SeedList.Format([0, 2, 3, 5, 6, 7, 8]));

    public void Dispose() => folder.Dispose();

    private Study Read(string yaml)
    {
        File.WriteAllText(folder.File("study.yaml"), yaml);
        return StudyReader.ReadFile(folder.File("study.yaml"));
    }

    private void AssertFaults(string yaml, params string[] faults)
    {
        RecipeException exception = Assert.Throws<RecipeException>(() => Read(yaml));
        string file = folder.File("study.yaml");
        Assert.Equal(faults.Select(fault => char.IsAsciiDigit(fault[0]) ? $"{file}:{fault}" : $"{file}: {fault}"), exception.Faults.Select(fault => fault.ToString()));
    }
}
