using Proximal.Analysis.Tests.Trees;
using Proximal.Analysis.Verification;
using Proximal.Recipes;

namespace Proximal.Analysis.Tests.Verification;

public sealed class RuleSetReaderTests
{
    [Fact]
    public void Rules_and_certificate_are_read()
    {
        RuleSet rules = Read(
            """
            rules:
              - name: warm
                when: occupants > 0
                require: [heating <= 20, action != heat-15]
              - require: heating < zone-temperature.high
            certificate:
              when: occupants > 0
              holds: [zone-temperature >= 20, zone-temperature <= 23.5]
            """);
        Assert.Equal(["warm", "rule 2"], rules.Rules.Select(rule => rule.Name));
        Assert.Equal("occupants > 0", rules.Rules[0].When[0].Describe(SampleTrees.Thermostat.Features));
        Assert.Equal(0, rules.Rules[0].Require[1].Right.Number);
        Assert.Equal(FeatureBound.High, rules.Rules[1].Require[0].Right.Bound);
        Assert.True(rules.Certificate!.IsAbout([0, 1]) && !rules.Certificate.IsAbout([0, 0]));
        Assert.True(rules.Certificate.IsMet([23.5f, 0]) && !rules.Certificate.IsMet([23.6f, 0]));
    }

    [Theory]
    [InlineData("rules: 3", "rules:1: 'rules' is '3', expected a list of rules with keys: name, when, require")]
    [InlineData("rule: []", "rules:1: 'rule' is not a known key; did you mean 'rules'? (known: rules, certificate)", "rules:1: 'rules' is missing, expected a list of rules with keys: name, when, require")]
    [InlineData("rules:\n  - when: occupants > 0", "rules:2: 'rules[0].require' is missing, expected a comparison or a list of them")]
    [InlineData("rules:\n  - require: heating 3", "rules:2: 'rules[0].require' is 'heating 3', expected a comparison of three words, as `zone-temperature > 0`, with one of < <= > >= = !=")]
    [InlineData("rules:\n  - { when: ocupants > 0, require: heating > 3 }", "rules:2: 'rules[0].when' is 'ocupants > 0', where 'ocupants' is not a feature; did you mean 'occupants'? (known: zone-temperature, occupants)")]
    [InlineData("rules:\n  - require: cooling > 3", "rules:2: 'rules[0].require' is 'cooling > 3', where 'cooling' is not a quantity of actions (known: action, heating)")]
    [InlineData("rules:\n  - { when: [occupants > many], require: heating > 3 }", "rules:2: 'rules[0].when[0]' is 'occupants > many', expected a number after '>'")]
    [InlineData("rules:\n  - require: heating > ocupants", "rules:2: 'rules[0].require' is 'heating > ocupants', where 'ocupants' is not a number or a feature; did you mean 'occupants'? (known: zone-temperature, occupants)")]
    [InlineData("rules: []\ncertificate: { holds: occupants.low > 0 }", "rules:2: 'certificate.holds' is 'occupants.low > 0', expected a feature itself: 'occupants.low' is a bound of a box")]
    [InlineData("rules: []\ncertificate: 3", "rules:2: 'certificate' is '3', expected keys: when, holds")]
    public void Faults_name_line_key_value_and_what_was_expected(string yaml, params string[] faults)
    {
        RecipeException refused = Assert.Throws<RecipeException>(() => Read(yaml));
        Assert.Equal(faults, refused.Faults.Select(fault => fault.ToString()));
    }

    private static RuleSet Read(string yaml) => RuleSetReader.Read(yaml, SampleTrees.Thermostat.Features, SampleTrees.Setpoints);
}
