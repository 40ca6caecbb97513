// A server of the Model Context Protocol over standard input and output, with tools that work (add, echo) and tools that misbehave in every way that a client has to live with.
//
//   proximal train recipe.yaml --tool-server demo='dotnet samples/servers/ToolServer/bin/Release/net10.0/ToolServer.dll'

using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

if (args is ["--silent"])
{
    // Never says a word: what a client sees of a program that is no server.
    Thread.Sleep(Timeout.Infinite);
}

if (args is ["--broken"])
{
    Console.Error.WriteLine("no licence found");
    return 3;
}

McpServerOptions options = new()
{
    ServerInfo = new Implementation { Name = "demo", Version = "1.0" },
    Handlers = new McpServerHandlers
    {
        ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult
        {
            Tools =
            [
                Describe("add", "The sum of two numbers.", "a", "b"),
                Describe("echo", "The text itself.", "text"),
                Describe("count", "How often it was called since the server started."),
                Describe("fail", "Always an error."),
                Describe("sleep", "Answers after so many seconds.", "seconds"),
                Describe("crash", "Ends the server without an answer."),
                Describe("huge", "A text of so many characters.", "characters"),
                Describe("noise", "Writes what is no message first."),
            ],
        }),
        CallToolHandler = async (request, cancellation) => await Tools.CallAsync(request.Params!, cancellation),
    },
};

await using StdioServerTransport transport = new(options);
await using McpServer server = McpServer.Create(transport, options);
await server.RunAsync();
return 0;

static Tool Describe(string name, string description, params string[] arguments)
{
    string properties = string.Join(',', arguments.Select(argument => $"\"{argument}\":{{}}"));
    using JsonDocument schema = JsonDocument.Parse($"{{\"type\":\"object\",\"properties\":{{{properties}}}}}");
    return new Tool { Name = name, Description = description, InputSchema = schema.RootElement.Clone() };
}

internal static class Tools
{
    private static int count;

    public static async ValueTask<CallToolResult> CallAsync(CallToolRequestParams call, CancellationToken cancellation)
    {
        switch (call.Name)
        {
            case "add":
                return Text((Number("a") + Number("b")).ToString(CultureInfo.InvariantCulture));
            case "echo":
                return Text(call.Arguments!["text"].GetString()!);
            case "count":
                return Text(Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));
            case "sleep":
                await Task.Delay(TimeSpan.FromSeconds(Number("seconds")), CancellationToken.None);
                return Text("awake");
            case "crash":
                Environment.Exit(7);
                return Text("");
            case "huge":
                return Text(new string('x', (int)Number("characters")));
            case "noise":
                Console.Out.WriteLine("this is no message");
                return Text("noisy");
            default:
                return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = $"{call.Name} fails" }] };
        }

        double Number(string name) => call.Arguments![name].GetDouble();
    }

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
