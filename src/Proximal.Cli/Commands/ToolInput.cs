using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Environments.Tools;
using Proximal.Tools;
using Proximal.Tools.Sandboxing;
using Proximal.Tools.Servers;

namespace Proximal.Cli.Commands;

/// <summary>The options that give the tools of a recipe a meaning outside this process. A recipe can name such tools; only the command line can start them.</summary>
internal sealed class ToolInput
{
    private readonly Option<string[]> servers = new("--tool-server")
    {
        HelpName = "NAME=COMMAND",
        Description = "What the tool mcp:NAME of a recipe is: the command line of a server of the Model Context Protocol; may be given several times.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<double?> timeout = NumberOptions.Number("--tool-timeout", "SECONDS", "How long one call of a tool server or one program may take; 10 and 5 by default.", 0.01, 3600);

    private readonly Option<bool> allowCode = new("--allow-code") { Description = "Lets the tool python of a recipe run programs, isolated from this machine." };

    private readonly Option<bool> allowWeaker = new("--allow-weaker-isolation")
    {
        Description = "With --allow-code: where programs cannot be isolated, or in any case, they run with limits only, and see the network and the files of this user.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(servers);
        command.Options.Add(timeout);
        command.Options.Add(allowCode);
        command.Options.Add(allowWeaker);
    }

    /// <summary>The tools that the command line gives a meaning to; nothing is started yet.</summary>
    /// <exception cref="CommandFailure">An option is not as expected.</exception>
    public ToolCatalog Read(ParseResult line)
    {
        ToolCatalog tools = ToolCatalog.CreateDefault();
        TimeSpan? limit = line.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        foreach (string given in line.GetValue(servers) ?? [])
        {
            ToolServerOptions server = Server(given);
            if (tools.Names.Contains($"mcp:{server.Name}"))
            {
                throw new CommandFailure($"--tool-server names '{server.Name}' twice");
            }

            tools.AddServer(limit is { } time ? server with { CallTimeout = time } : server);
        }

        bool isWeaker = line.GetValue(allowWeaker);
        if (line.GetValue(allowCode))
        {
            SandboxOptions code = new() { Isolation = isWeaker ? SandboxIsolation.LimitsOnly : SandboxIsolation.Full };
            tools.AddSandbox(limit is { } time ? code with { WallClock = time } : code);
        }
        else if (isWeaker)
        {
            throw new CommandFailure("--allow-weaker-isolation is given without --allow-code");
        }

        return tools
            .AddAdvice("mcp:", "a recipe starts no programs; --tool-server NAME='COMMAND' says what the server is")
            .AddAdvice(SandboxTool.Key, "a recipe runs no programs; --allow-code lets it, isolated from this machine");
    }

    /// <summary>Tools for a recipe that is read and not run: those outside this process have stand-ins.</summary>
    public static ToolCatalog ForReading() => ToolCatalog.CreateDefault().UseStandIns(name =>
        name.StartsWith("mcp:", StringComparison.Ordinal) ? new UnstartedTool(name, "call") : name == SandboxTool.Key ? new UnstartedTool(name, name) : null);

    private static ToolServerOptions Server(string given)
    {
        int equals = given.IndexOf('=', StringComparison.Ordinal);
        string[]? command = equals < 0 ? null : ShellWords.Split(given[(equals + 1)..]);
        ToolServerOptions? server = command is null ? null : new ToolServerOptions { Name = given[..equals], Command = command };
        return server is not null && server.FindFault() is null
            ? server
            : throw new CommandFailure($"--tool-server is '{given}', expected NAME=COMMAND as in files='dotnet server.dll'", server?.FindFault());
    }
}
