using Proximal.Analysis.Health;
using Proximal.Runs;

namespace Proximal.Analysis.Tests.Health;

/// <summary>Every rule finds its disease and only that, and a healthy run has none.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void A_healthy_run_has_no_findings() => Assert.Empty(new SyntheticRun().Examine());

    [Fact]
    public void A_run_that_is_too_short_tells_nothing() => Assert.Empty(new SyntheticRun().With("clip/fraction", _ => 0.9).Examine(steps: MetricSeries.EnoughValues - 1));

    [Fact]
    public void An_empty_run_has_no_findings() => Assert.Empty(Doctor.Examine(new RunEvidence()));

    [Fact]
    public void Rules_have_keys_of_their_own_and_say_what_they_look_for()
    {
        Assert.Equal(Doctor.Rules.Count, Doctor.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.All(Doctor.Rules, rule => Assert.True(rule.Id.Length > 0 && rule.Title.Length > 0 && rule.Criterion.EndsWith('.') && rule.Metrics.Count > 0));
    }

    [Fact]
    public void Entropy_that_vanishes_without_success_is_a_collapse()
    {
        Finding finding = Only("entropy-collapse", Stuck().With("policy/entropy", t => t < 0.5 ? 1 - (1.9 * t) : 0.02));

        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.InRange(finding.FirstStep, 45, 65);
        Assert.Equal(SyntheticRun.Steps, finding.LastStep);
        Assert.Equal(0.02, finding.Numbers[1].Value, 0.002);
    }

    [Fact]
    public void Entropy_that_vanishes_because_the_task_is_solved_is_none() =>
        Assert.Empty(new SyntheticRun().With("policy/entropy", t => 1 - (0.99 * t)).With("reward/exact", t => 0.3 + (0.68 * t)).Examine());

    [Fact]
    public void Right_answers_that_become_less_probable_are_displaced()
    {
        Assert.Equal(Severity.Warning, Only("likelihood-displacement", Stuck().With("likelihood/right", t => -0.5 - (0.6 * t))).Severity);
        Assert.Equal(Severity.Critical, Only("likelihood-displacement", Stuck().With("likelihood/right", t => -0.5 - (2 * t))).Severity);
        Assert.Contains("-0.050 nats", Only("likelihood-displacement", Stuck().With("likelihood/right-shift", _ => -0.05)).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_answers_of_a_policy_that_explores_and_improves_are_not_displaced() => Assert.Empty(new SyntheticRun().With("likelihood/right", t => -0.5 - (0.6 * t)).Examine());

    [Fact]
    public void Groups_that_all_earn_the_same_are_found()
    {
        Finding finding = Only("zero-variance-groups", Stuck().With("groups/zero-variance", t => t < 0.3 ? 0.5 : 0.9));

        Assert.InRange(finding.FirstStep, 30, 45);
    }

    [Fact]
    public void Groups_of_one_rollout_have_no_variance_by_nature() =>
        Assert.Empty(Stuck().With("groups/zero-variance", _ => 1).Without("groups/never-solved").Without("groups/always-solved").Examine());

    [Fact]
    public void Ratios_that_leave_one_are_a_drift()
    {
        Assert.Equal(Severity.Warning, Only("ratio-drift", new SyntheticRun().With("ratio/mean", t => 1 + (0.6 * t))).Severity);
        Assert.Equal(Severity.Warning, Only("ratio-drift", new SyntheticRun().With("ratio/largest", _ => 500)).Severity);
        Assert.Equal(Severity.Critical, Only("ratio-drift", new SyntheticRun().With("ratio/largest", _ => 500).With("policy/kl", t => 0.4 * t)).Severity);
        Assert.Empty(new SyntheticRun().At("ratio/largest", 98, 5000).Examine());
    }

    [Fact]
    public void Clipping_of_most_tokens_is_saturated()
    {
        Assert.Equal(Severity.Warning, Only("clip-saturation", new SyntheticRun().With("clip/fraction", t => 0.1 + (0.45 * t))).Severity);
        Assert.Equal(Severity.Critical, Only("clip-saturation", new SyntheticRun().With("clip/fraction", t => 0.1 + (0.75 * t))).Severity);
        Assert.Empty(new SyntheticRun().With("clip/fraction", _ => 0.3).Examine());
    }

    [Fact]
    public void Responses_that_grow_without_success_are_inflated()
    {
        Assert.Equal(Severity.Warning, Only("length-inflation", Stuck().With("response/tokens", t => 20 + (20 * t))).Severity);
        Assert.Equal(Severity.Critical, Only("length-inflation", Stuck().With("response/tokens", t => 20 + (60 * t))).Severity);
        Assert.Empty(new SyntheticRun().With("response/tokens", t => 20 + (60 * t)).Examine());
    }

    [Fact]
    public void Responses_that_are_cut_are_shown_with_their_ends()
    {
        Finding finding = Only("overlong-truncation", new SyntheticRun().With("response/truncated", t => 0.7 * t).Record(90, "p", (false, 0, "again and again and ..."), (true, 1, "4")));

        Assert.Equal(Severity.Critical, finding.Severity);
        FindingExcerpt excerpt = Assert.Single(finding.Excerpts);
        Assert.Equal((90, 0, 0, "again and again and ..."), (excerpt.Step, excerpt.Group, excerpt.Path, excerpt.Text));
    }

    [Fact]
    public void A_reward_that_rises_while_right_answers_get_rarer_disagrees()
    {
        Finding finding = Only("reward-disagreement", new SyntheticRun().With("reward/exact", t => 0.5 - (0.3 * t)).With("reward/term/score", t => 0.5 - (0.3 * t)).With("reward/term/length", t => t));

        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Contains("Terms that rose: length.", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_rollouts_that_earn_more_than_right_ones_disagree()
    {
        SyntheticRun run = new();
        foreach (int step in new[] { 80, 90, 100 })
        {
            run.Record(step, "p", (true, 1, "4"), (true, 1, "four"), (false, 1.5f, "please 5"), (false, 0, "5"), (false, 0, "6"), (false, 0, "7"), (false, 0, "8"));
        }

        Finding finding = Only("reward-disagreement", run);

        Assert.Equal((Severity.Warning, 80), (finding.Severity, finding.FirstStep));
        Assert.Equal("wrong, reward 1.5: please 5", finding.Excerpts[0].Text);
        Assert.Equal(100, finding.Excerpts[0].Step);
    }

    [Fact]
    public void Few_inverted_pairs_are_noise()
    {
        SyntheticRun run = new();
        run.Record(100, "p", (true, 1, "4"), (false, 1.5f, "5"), (false, 0, "6"));

        Assert.Empty(run.Examine());
    }

    [Fact]
    public void A_divergence_that_grows_without_success_runs_away()
    {
        Assert.Equal(Severity.Warning, Only("kl-runaway", Stuck().With("reference/kl", t => 2 * t * t)).Severity);
        Assert.Equal(Severity.Critical, Only("kl-runaway", Stuck().With("reference/kl", t => 20 * t * t)).Severity);
        Assert.Empty(Stuck().With("reference/kl", t => Math.Min(1, 4 * t)).Examine());
        Assert.Empty(new SyntheticRun().With("reference/kl", t => 2 * t * t).Examine());
    }

    [Fact]
    public void A_trainer_that_sees_other_probabilities_than_the_sampler_is_found()
    {
        Finding finding = Only("sampler-mismatch", new SyntheticRun().At("exactness/largest-mismatch", 40, 0.02).At("exactness/largest-mismatch", 60, 0.01));

        Assert.Equal((Severity.Warning, 40, 60), (finding.Severity, finding.FirstStep, finding.LastStep));
        Assert.Equal(Severity.Critical, Only("sampler-mismatch", new SyntheticRun().At("exactness/largest-mismatch", 40, 0.2)).Severity);
        Assert.Empty(new SyntheticRun().At("exactness/largest-mismatch", 40, 1e-6).Examine());
    }

    [Fact]
    public void Gradients_ten_times_as_large_as_usual_are_spikes()
    {
        Finding one = Only("gradient-spikes", new SyntheticRun().At("gradient/norm", 70, 50));
        Assert.Equal((Severity.Note, 70, 70), (one.Severity, one.FirstStep, one.LastStep));
        Assert.Contains("The gradient of step 70 was", one.Evidence, StringComparison.Ordinal);

        Finding habit = Only("gradient-spikes", new SyntheticRun().At("gradient/norm", 50, 50).At("gradient/norm", 70, 40).At("gradient/norm", 90, 60));
        Assert.Equal((Severity.Warning, 50, 90), (habit.Severity, habit.FirstStep, habit.LastStep));
    }

    [Fact]
    public void A_gradient_that_vanishes_and_comes_back_is_no_spike() =>
        Assert.Empty(new SyntheticRun().With("gradient/norm", t => t is > 0.3 and < 0.8 ? 1e-6 : 0.5).Examine());

    [Fact]
    public void Tools_that_are_given_up_never_used_or_always_refused_are_dead()
    {
        Assert.Contains("No longer used: lookups.", Only("dead-tools", Stuck().With("episode/lookups", t => t < 0.5 ? 1 : 0).With("episode/misses", _ => 0)).Evidence, StringComparison.Ordinal);
        Assert.Contains("Never used: search-calls.", Only("dead-tools", Stuck().With("episode/search-calls", _ => 0)).Evidence, StringComparison.Ordinal);
        Assert.Contains("Of 2.0 uses a rollout 1.9 fail.", Only("dead-tools", Stuck().With("episode/lookups", _ => 2).With("episode/misses", _ => 1.93)).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_that_do_not_happen_are_no_dead_tool() => Assert.Empty(Stuck().With("episode/errors", _ => 0).With("episode/help-before-use", _ => 0).With("episode/over-calls", _ => 0).With("episode/gold-retrievals", _ => 0).Examine());

    [Fact]
    public void Prompts_that_nobody_solves_are_shown()
    {
        Finding finding = Only("prompts-never-solved", Stuck().With("groups/never-solved", _ => 0.7).Record(90, "what is hard?", (false, 0, "a"), (false, 0, "b")).Record(100, "easy", (true, 1, "a"), (false, 0, "b")));

        Assert.Equal("what is hard?", Assert.Single(finding.Excerpts).Text);
        Assert.Empty(new SyntheticRun().With("groups/never-solved", t => 0.9 - (0.3 * t)).Examine());
    }

    [Fact]
    public void A_kind_of_prompts_without_any_success_is_named() =>
        Assert.Contains("for sums-2.", Only("prompts-never-solved", new SyntheticRun().With("task/sums-2/exact", _ => 0)).Evidence, StringComparison.Ordinal);

    [Fact]
    public void A_run_that_was_solved_long_ago_is_noted()
    {
        SyntheticRun run = new SyntheticRun().With("reward/exact", t => t < 0.2 ? 0.5 : 0.99).With("reward/mean", t => t < 0.2 ? 0.5 : 0.99);

        Finding finding = Only("prompts-always-solved", run.With("groups/always-solved", t => t < 0.2 ? 0.5 : 0.97));
        Assert.Equal(Severity.Note, finding.Severity);
        Assert.InRange(finding.FirstStep, 20, 35);

        Assert.Empty(run.With("groups/always-solved", t => t < 0.7 ? 0.5 : 0.97).Examine());
    }

    [Fact]
    public void The_most_severe_findings_come_first()
    {
        IReadOnlyList<Finding> findings = Stuck().With("clip/fraction", _ => 0.9).With("response/truncated", _ => 0.3).At("gradient/norm", 70, 50).Examine();

        Assert.Equal(["clip-saturation", "overlong-truncation", "gradient-spikes"], findings.Select(finding => finding.Rule));
    }

    [Fact]
    public void A_watch_tells_each_finding_once_and_again_when_it_gets_worse()
    {
        SyntheticRun run = new SyntheticRun().With("clip/fraction", t => t);
        DoctorWatch watch = new();
        List<(int Step, Severity Severity)> told = [];
        for (int step = 1; step <= SyntheticRun.Steps; step++)
        {
            told.AddRange(watch.Observe(TrainingStage.Policy, step, run.Metrics(step)).Select(finding => (step, finding.Severity)));
        }

        Assert.Equal([Severity.Warning, Severity.Critical], told.Select(one => one.Severity));
        Assert.InRange(told[0].Step, 40, 50);
        Assert.InRange(told[1].Step, 70, 82);
    }

    [Fact]
    public void Supervised_steps_evaluations_and_steps_told_twice_are_no_evidence()
    {
        RunEvidence evidence = new();
        evidence.Add(TrainingStage.Supervised, 1, [new Metric("policy/entropy", 1)]);
        evidence.Add(TrainingStage.Policy, 1, [new Metric("policy/entropy", 1)]);
        evidence.Add(TrainingStage.Policy, 1, [new Metric("policy/entropy", 2)]);
        evidence.Add(TrainingStage.Policy, 2, [new Metric("evaluation/exact", 1)]);

        Assert.Equal((1, 1), (evidence.StepCount, evidence.LastStep));
        Assert.Equal(["policy/entropy"], evidence.Names);
    }

    [Fact]
    public void A_series_finds_when_its_last_stretch_began()
    {
        MetricSeries series = new();
        for (int step = 1; step <= 40; step++)
        {
            series.Add(step * 10, step is > 10 and <= 15 or > 30 ? 1 : 0);
        }

        Assert.Equal(5, series.Window);
        Assert.Equal((0.0, 1.0, 1.0), (series.Early, series.Previous, series.Late));
        Assert.Equal(330, series.Since(mean => mean > 0.5));
        Assert.Equal(-1, series.Since(mean => mean < 0.5));
        Assert.Throws<ArgumentException>(() => series.Add(400, 1));
    }

    /// <summary>A run that learns nothing more.</summary>
    private static SyntheticRun Stuck() => new SyntheticRun().With("reward/exact", _ => 0.4).With("reward/mean", _ => 0.4);

    private static Finding Only(string rule, SyntheticRun run)
    {
        Finding finding = Assert.Single(run.Examine());
        Assert.Equal(rule, finding.Rule);
        return finding;
    }
}
