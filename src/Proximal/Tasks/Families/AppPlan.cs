namespace Proximal.Tasks.Families;

/// <summary>How a careful user of the app reaches a goal: the commands, and the tests that follow from what they did.</summary>
/// <param name="rows">The table, in the order of its letters.</param>
/// <param name="dialect">What the arguments are called.</param>
/// <param name="careless">Whether the help is left out.</param>
internal sealed class AppPlan(IReadOnlyList<(char Id, char Value)> rows, AppDialect dialect, bool careless)
{
    private readonly Dictionary<char, char> state = rows.ToDictionary(row => row.Id, row => row.Value);
    private readonly List<string> commands = [];
    private readonly List<string> messages = [];
    private readonly SortedSet<char> changed = [];

    /// <summary>The table before any command.</summary>
    public IReadOnlyList<(char Id, char Value)> Rows => rows;

    /// <summary>The commands, the end included.</summary>
    public IReadOnlyList<string> Commands => [.. commands, AppWorld.Done];

    public char Get(char id)
    {
        Read(AppWorld.Get);
        commands.Add($"{AppWorld.Get}({dialect.Id}={id})");
        return state[id];
    }

    public void Update(char id, char value)
    {
        Read(AppWorld.Update);
        commands.Add($"{AppWorld.Update}({dialect.Id}={id},{dialect.Value}={value})");
        state[id] = value;
        changed.Add(id);
    }

    public void Send(char id, char recipient)
    {
        Read(AppWorld.Send);
        commands.Add($"{AppWorld.Send}({dialect.Id}={id},{dialect.Recipient}={recipient})");
        messages.Add(AppWorld.Message(id, state[id], recipient));
    }

    /// <summary>Looks through the table and sends the first row of the largest digit.</summary>
    public void SendLargest(char recipient)
    {
        commands.Add(AppWorld.List);
        char largest = rows.MaxBy(row => row.Value).Id;
        foreach ((char id, _) in rows)
        {
            Get(id);
        }

        Send(largest, recipient);
    }

    /// <summary>One test for every row that should change, one for every message, and one that nothing else happened.</summary>
    public IReadOnlyList<AppTest> Tests() =>
    [
        .. changed.Select(id => new AppTest(AppTestKind.Value, id.ToString(), state[id].ToString())),
        .. messages.Select(message => new AppTest(AppTestKind.Sent, "", message)),
        new AppTest(AppTestKind.NothingElse, string.Concat(changed), string.Join(',', messages)),
    ];

    private void Read(string function)
    {
        string command = $"{AppWorld.Help} {function}";
        if (!careless && !commands.Contains(command))
        {
            commands.Add(command);
        }
    }
}
