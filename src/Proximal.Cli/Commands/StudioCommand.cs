using System.CommandLine;
using System.Diagnostics;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Studio;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal studio</c>: the web page that shows runs.</summary>
internal static class StudioCommand
{
    private const string DefaultFolder = "runs";

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("folder")
        {
            HelpName = "FOLDER",
            Description = "Folder of runs, or a run; runs by default.",
            DefaultValueFactory = _ => DefaultFolder,
        };
        Option<int?> port = NumberOptions.Integer("--port", "N", "Port on this machine; 6161 by default, or a free one where that is taken.", 0, 65_535);
        Option<bool> open = new("--open") { Description = "Opens the page in the browser." };
        ExampleCommand command = new(
            "studio",
            "Show runs in a web page on this machine: curves, rollouts token by token, what is wrong with a run. It follows runs that are still going; Ctrl-C ends it.",
            "proximal studio",
            "proximal studio runs/digit-completion --open");
        command.Arguments.Add(folder);
        command.Options.Add(port);
        command.Options.Add(open);
        command.SetAction(line => Serve(terminal, new StudioOptions { Folder = line.GetRequiredValue(folder), Port = line.GetValue(port) }, line.GetValue(open)));
        return command;
    }

    private static int Serve(Terminal terminal, StudioOptions options, bool open)
    {
        using Interruption interruption = terminal.Listen();
        ServeAsync(terminal, options, open, interruption.Token).GetAwaiter().GetResult();
        return ExitCode.Success;
    }

    private static async Task ServeAsync(Terminal terminal, StudioOptions options, bool open, CancellationToken cancellation)
    {
        await using StudioServer server = await StudioServer.StartAsync(options, cancellation);
        terminal.Output.WriteLine($"Proximal Studio shows {SafeText.OneLine(Path.GetFullPath(options.Folder))} at {server.Address}");
        terminal.Output.WriteLine("Ctrl-C ends it.");
        terminal.Output.Flush();
        if (open)
        {
            Open(terminal, server.Address);
        }

        await server.WaitAsync(cancellation);
    }

    private static void Open(Terminal terminal, Uri address)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            terminal.Error.WriteLine("No browser could be opened; open the address above in one.");
        }
    }
}
