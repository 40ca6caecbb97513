using System.Text;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// The state of one episode of <see cref="AppTask"/> and its five functions. Every episode has a world of its own. Commands are untrusted text: a malformed one is answered by an error and
/// changes nothing.
/// </summary>
internal sealed class AppWorld
{
    public const string Help = "help", List = "list", Get = "get", Update = "update", Send = "send", Done = "done", Taken = "ok";
    public const string FunctionError = "err call", ArgumentError = "err args", RowError = "err row", ValueError = "err value";
    public const string Recipients = "mnk";

    private const int MaximumMessages = 64;

    private readonly AppMetadata goal;
    private readonly SortedDictionary<char, char> rows = [];
    private readonly List<string> messages = [];
    private readonly HashSet<string> read = [];
    private readonly HashSet<string> used = [];
    private int usedAfterReading;

    public AppWorld(AppMetadata goal)
    {
        this.goal = goal;
        foreach ((char id, char value) in goal.Rows)
        {
            rows[id] = value;
        }
    }

    public bool IsDone { get; private set; }

    public int Commands { get; private set; }

    public int Errors { get; private set; }

    public int UnknownArguments { get; private set; }

    /// <summary>The share of the functions with arguments that were called, whose help was read before the first call; 0 without a call.</summary>
    public double HelpBeforeUse => used.Count == 0 ? 0 : usedAfterReading / (double)used.Count;

    /// <summary>Runs a command and answers it.</summary>
    public string Execute(string command)
    {
        Commands++;
        string reply = Answer(command.Trim());
        Errors += reply.StartsWith("err", StringComparison.Ordinal) ? 1 : 0;
        UnknownArguments += reply == ArgumentError ? 1 : 0;
        return reply;
    }

    /// <summary>Runs the unit tests on the state as it is.</summary>
    /// <param name="transcript">What the policy wrote, for the record.</param>
    public Verdict Judge(string transcript)
    {
        int passed = goal.Tests.Count(Passes);
        double share = passed / (double)goal.Tests.Count;
        return Verdict.Of(passed == goal.Tests.Count, share, transcript) with { Score = share, FormatOk = IsDone };
    }

    private bool Passes(AppTest test) => test.Kind switch
    {
        AppTestKind.Value => rows[test.Rows[0]] == test.Expected[0],
        AppTestKind.Sent => messages.Contains(test.Expected),
        _ => goal.Rows.All(row => test.Rows.Contains(row.Id, StringComparison.Ordinal) || rows[row.Id] == row.Value)
            && messages.Count <= test.Expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Length
            && messages.All(test.Expected.Split(',').Contains),
    };

    private string Answer(string command)
    {
        if (command == Done)
        {
            IsDone = true;
            return Taken;
        }

        if (command == List)
        {
            return string.Concat(rows.Keys);
        }

        if (command.StartsWith(Help, StringComparison.Ordinal))
        {
            return Document(command[Help.Length..].Trim());
        }

        int open = command.IndexOf('(', StringComparison.Ordinal);
        return open < 0 || command[^1] != ')' ? FunctionError : Call(command[..open], command[(open + 1)..^1]);
    }

    private string Document(string function)
    {
        if (function.Length == 0)
        {
            return string.Join(',', List, Get, Update, Send);
        }

        if (function == List)
        {
            return List;
        }

        if (NamesOf(function) is not { } names)
        {
            return FunctionError;
        }

        read.Add(function);
        return new StringBuilder(function).Append('(').AppendJoin(',', names).Append(')').ToString();
    }

    private string[]? NamesOf(string function) => function switch
    {
        Get => [goal.Dialect.Id],
        Update => [goal.Dialect.Id, goal.Dialect.Value],
        Send => [goal.Dialect.Id, goal.Dialect.Recipient],
        _ => null,
    };

    private string Call(string function, string arguments)
    {
        if (NamesOf(function) is not { } names)
        {
            return FunctionError;
        }

        if (used.Add(function))
        {
            usedAfterReading += read.Contains(function) ? 1 : 0;
        }

        string[] given = arguments.Split(',', names.Length + 1);
        string[] values = new string[names.Length];
        for (int i = 0; i < given.Length; i++)
        {
            int equals = given[i].IndexOf('=', StringComparison.Ordinal), place = equals < 0 ? -1 : Array.IndexOf(names, given[i][..equals]);
            if (place < 0 || values[place] is not null)
            {
                return ArgumentError;
            }

            values[place] = given[i][(equals + 1)..];
        }

        return given.Length < names.Length ? ArgumentError
            : values[0].Length != 1 || !rows.ContainsKey(values[0][0]) ? RowError
            : Run(function, values[0][0], values[^1]);
    }

    private string Run(string function, char id, string argument)
    {
        switch (function)
        {
            case Get:
                return rows[id].ToString();
            case Update when argument.Length == 1 && char.IsAsciiDigit(argument[0]):
                rows[id] = argument[0];
                return Taken;
            case Send when argument.Length == 1 && Recipients.Contains(argument[0], StringComparison.Ordinal) && messages.Count < MaximumMessages:
                messages.Add(Message(id, rows[id], argument[0]));
                return Taken;
            default:
                return ValueError;
        }
    }

    /// <summary>A message as the tests name it.</summary>
    public static string Message(char id, char value, char recipient) => Invariant($"{id}{value}>{recipient}");
}
