using System.CommandLine;
using System.Globalization;
using Proximal.Analysis.Trees;
using Proximal.Analysis.Verification;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Trees;
using Proximal.Control.Environments;
using Proximal.Recipes;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal verify</c>: whether a decision tree keeps rules, for every input.</summary>
internal sealed class VerifyCommand
{
    private const string Hoeffding = "hoeffding";
    private const string Wilson = "wilson";

    private readonly Terminal terminal;
    private readonly Argument<string> file = new("tree") { HelpName = "TREE", Description = "The tree, a file of `proximal extract`." };
    private readonly Option<string> rules = new("--rules") { HelpName = "FILE", Description = "The rules, a YAML file; samples/rules has some.", Required = true };
    private readonly Option<bool> correct = new("--correct") { Description = "Gives failing leaves the closest actions that keep the rules." };
    private readonly Option<bool> divide = new("--divide") { Description = "With --correct: divides failing leaves, so that only the inputs that a rule is about get other actions." };
    private readonly Option<string?> output = new("--out") { HelpName = "FILE", Description = "The corrected tree to write, a .json file." };
    private readonly Option<string[]> exports = CreateExports();
    private readonly Option<int?> levels = CreateLevels();
    private readonly Option<int?> certificate = NumberOptions.Integer(
        "--certificate", "N", "Plays so many episodes with the (corrected) tree and bounds the probability that what the rules say under 'certificate' holds a step later.", 1, 1_000_000);

    private readonly Option<string?> environment = new("--environment") { HelpName = "NAME", Description = "The environment of the episodes, with options as '{ name: hvac-zone, season: summer }'." };
    private readonly Option<double?> delta = NumberOptions.Number("--delta", "P", "The probability of failing that is allowed; 0.05 by default.", 1e-9, 1 - 1e-9);
    private readonly Option<double?> confidence = NumberOptions.Number("--confidence", "P", "Confidence of the lower bound; 0.95 by default.", 0.5000001, 1 - 1e-9);
    private readonly Option<string?> bound = new("--bound") { HelpName = "NAME", Description = "The lower bound that decides: hoeffding, which holds for every number of samples and is the default, or wilson." };
    private readonly Option<int?> seed = NumberOptions.Integer("--seed", "N", "Seed of the episodes; 1 by default.", 0, int.MaxValue);
    private readonly Option<bool> json = new("--json") { Description = "Prints JSON for machines." };

    private VerifyCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        VerifyCommand verify = new(terminal);
        ExampleCommand command = new(
            "verify",
            "Verify a decision tree against rules, exactly and leaf by leaf: what holds for the box of a leaf holds for every input that reaches it. "
            + "The exit code is 1 where a rule is broken and not corrected, or a certificate does not hold.",
            "proximal verify tree.json --rules samples/rules/cartpole.yaml",
            "proximal verify tree.json --rules rules.yaml --correct --out verified.json",
            "proximal verify t.json --rules r.yaml --certificate 999 --environment cartpole");
        command.Arguments.Add(verify.file);
        foreach (Option option in (IEnumerable<Option>)
            [verify.rules, verify.correct, verify.divide, verify.output, verify.exports, verify.levels, verify.certificate, verify.environment, verify.delta, verify.confidence, verify.bound, verify.seed, verify.json])
        {
            command.Options.Add(option);
        }

        command.SetAction(verify.Run);
        return command;
    }

    /// <summary>The option by which trees are written in other forms too.</summary>
    public static Option<string[]> CreateExports() => new("--export")
    {
        HelpName = "FILE",
        Description = "Also writes the tree in another form: .dot for Graphviz, .cs for C# source, .svg for a picture, .txt for text. Given several times, writes several.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The option that limits pictures of trees.</summary>
    public static Option<int?> CreateLevels() => NumberOptions.Integer("--levels", "N", "Questions that a picture shows below each other; 5 by default.", 0, 12);

    private int Run(ParseResult line)
    {
        CheckOptions(line);
        DecisionTree tree = TreeJson.Load(line.GetRequiredValue(file));
        RuleSet set = RuleSetReader.ReadFile(line.GetRequiredValue(rules), tree.Features, tree.Actions);
        VerificationReport before = TreeVerifier.Verify(tree, set);
        TreeCorrection? correction = line.GetValue(correct) ? TreeVerifier.Correct(tree, set, line.GetValue(divide)) : null;
        DecisionTree result = correction?.Tree ?? tree;
        VerificationReport after = correction is null ? before : TreeVerifier.Verify(result, set);
        Certificate? certified = line.GetValue(certificate) is { } episodes ? Certify(line, result, set, episodes) : null;
        bool certificateHolds = certified is null || (line.GetValue(bound) == Wilson ? certified.HoldsByWilson : certified.HoldsByHoeffding);
        List<string> written = Write(line, result, after);
        VerificationView view = new(terminal, line.GetRequiredValue(file), line.GetRequiredValue(rules), tree, set, before, correction, after, certified, certificateHolds, written);
        if (line.GetValue(json))
        {
            view.WriteJson();
        }
        else
        {
            view.WriteText();
        }

        return after.Holds && certificateHolds ? ExitCode.Success : ExitCode.Failure;
    }

    private void CheckOptions(ParseResult line)
    {
        TreeFiles.Require("--out", line.GetValue(output), ".json");
        Array.ForEach(line.GetValue(exports) ?? [], other => TreeFiles.Require("--export", other));
        if (line.GetValue(output) is not null && !line.GetValue(correct))
        {
            throw new CommandFailure("--out is given without --correct, which makes the tree that it would hold", "--export writes the tree as it is");
        }

        if (line.GetValue(divide) && !line.GetValue(correct))
        {
            throw new CommandFailure("--divide is given without --correct, which it is a way of");
        }

        if (line.GetValue(bound) is not (null or Hoeffding or Wilson))
        {
            throw new CommandFailure($"--bound is '{line.GetValue(bound)}', expected {Hoeffding} or {Wilson}");
        }

        if (line.GetValue(certificate) is not null && line.GetValue(environment) is null)
        {
            throw new CommandFailure("--certificate is given without --environment, in which its episodes are played", "`proximal methods --seam environments` lists the names");
        }
    }

    private Certificate Certify(ParseResult line, DecisionTree tree, RuleSet set, int episodes)
    {
        if (set.Certificate is not { } rule)
        {
            throw new CommandFailure($"{SafeText.OneLine(line.GetRequiredValue(rules))} has no key 'certificate', expected what should hold a step later", "as `certificate: { holds: [angle < 0.2] }`");
        }

        IEnvironment world = EnvironmentInput.Create(line.GetValue(environment)!);
        NamedSpaces.RequireFit(tree, world.Specification);
        return TreePlay.Certify(tree, world, rule, episodes, (ulong)(line.GetValue(seed) ?? 1), line.GetValue(delta) ?? 0.05, line.GetValue(confidence) ?? 0.95);
    }

    private List<string> Write(ParseResult line, DecisionTree tree, VerificationReport report)
    {
        HashSet<int> failing = [.. report.Faults.Select(fault => fault.Leaf.Node)];
        List<string> paths = [.. line.GetValue(output) is { } path ? [path] : Array.Empty<string>(), .. line.GetValue(exports) ?? []];
        paths.ForEach(each => TreeFiles.Write(tree, each, line.GetValue(levels), failing));
        return paths;
    }
}
