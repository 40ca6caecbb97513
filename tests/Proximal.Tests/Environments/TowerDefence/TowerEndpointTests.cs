using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Proximal.Environments.TowerDefence;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Tests.Environments.TowerDefence;

public sealed class TowerEndpointTests
{
    [Fact]
    public void A_server_is_asked_with_the_state_as_json_and_its_answers_are_played()
    {
        using Server server = new(body =>
        {
            using JsonDocument request = JsonDocument.Parse(body);
            string state = request.RootElement.GetProperty("messages")[1].GetProperty("content").GetString()!;
            TowerWorld world = TowerJson.Read(TowerLevels.L1, state);
            TowerAction action = new TowerExpert().Choose(world);
            string text = $$"""I will { act } now: {"type": {{(int)action.Type}}, "x": {{Text(action.X)}}, "y": {{Text(action.Y)}}}""";
            return (200, Answer(text));
        });
        using TowerEndpointAgent agent = new(new TowerEndpointSettings(server.Address, "fake") { Key = "secret" });
        TowerGame game = TowerGame.Play(agent, TowerLevels.L1, 4);
        Assert.Equal(100, game.Score);
        Assert.Equal("fake", game.Agent);
        Assert.Equal(TowerGame.Play(new TowerExpert(), TowerLevels.L1, 4).StateHash, game.StateHash);
        Assert.Contains("POST /v1/chat/completions", server.Head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer secret", server.Head, StringComparison.Ordinal);

        static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("no idea")]
    [InlineData("{\"type\": 99}")]
    [InlineData("{\"type\": \"archer\"}")]
    [InlineData("{{{{")]
    public void An_answer_without_an_action_is_an_invalid_action(string text)
    {
        using Server server = new(_ => (200, Answer(text)));
        using TowerEndpointAgent agent = new(new TowerEndpointSettings(server.Address, "fake"));
        TowerStatistics statistics = TowerStatistics.Of([TowerGame.Play(agent, TowerLevels.L5, 1)]);
        Assert.Equal(0, statistics.ValidRate);
        Assert.Equal((int)statistics.Decisions, statistics.Malformed);
        Assert.DoesNotContain("Authorization", server.Head, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_server_is_asked_again_and_a_refusal_ends_the_game()
    {
        int asked = 0;
        using Server busy = new(_ => ++asked == 1 ? (503, "busy") : (200, Answer("{\"type\": 0}")));
        using TowerEndpointAgent patient = new(new TowerEndpointSettings(busy.Address, "fake") { Pause = TimeSpan.FromMilliseconds(1) });
        TowerWorld world = new(TowerLevels.L1);
        Assert.Equal(TowerActionType.Nothing, patient.Choose(world).Type);
        Assert.False(patient.Malformed);
        Assert.Equal(2, asked);

        using Server closed = new(_ => (401, "who are you"));
        using TowerEndpointAgent refused = new(new TowerEndpointSettings(closed.Address, "fake"));
        Assert.Contains("status 401", Assert.Throws<IOException>(() => refused.Choose(world)).Message, StringComparison.Ordinal);

        using Server slow = new(_ => (-1, ""));
        using TowerEndpointAgent waiting = new(new TowerEndpointSettings(slow.Address, "fake") { Timeout = TimeSpan.FromMilliseconds(200), Retries = 1, Pause = TimeSpan.FromMilliseconds(1) });
        Assert.Contains("after 2 tries", Assert.Throws<IOException>(() => waiting.Choose(world)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_does_not_go_over_an_open_line() =>
        Assert.Throws<ArgumentException>(() => new TowerEndpointAgent(new TowerEndpointSettings(new Uri("http://example.org/v1"), "m") { Key = "secret" }));

    [Theory]
    [InlineData("{\"type\": 1, \"x\": -0.3, \"y\": 0.8}", TowerActionType.BuildArcher, -0.3)]
    [InlineData("```json\n{\"type\":6,\"x\":1e400,\"y\":0}\n```{\"type\":0}", TowerActionType.MoveHero, double.PositiveInfinity)]
    [InlineData("{\"a\":1} {\"type\": 11}", TowerActionType.CollectCoin, double.PositiveInfinity)]
    public void Actions_are_found_in_prose(string text, TowerActionType type, double x)
    {
        TowerAction action = Assert.NotNull(TowerEndpointAgent.Read(text));
        Assert.Equal(type, action.Type);
        Assert.Equal(x, action.X);
    }

    private static string Answer(string text) => JsonSerializer.Serialize(new { choices = new[] { new { message = new { role = "assistant", content = text } } } });

    /// <summary>A server of one address on this machine, one request at a time.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stopped = new();

        public Server(Func<string, (int Status, string Body)> answer)
        {
            listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/");
            _ = Task.Run(() => Serve(answer));
        }

        public Uri Address { get; }

        public string Head { get; private set; } = "";

        public void Dispose()
        {
            stopped.Cancel();
            listener.Dispose();
            stopped.Dispose();
        }

        private async Task Serve(Func<string, (int Status, string Body)> answer)
        {
            while (true)
            {
                try
                {
                    using TcpClient client = await listener.AcceptTcpClientAsync(stopped.Token);
                    using NetworkStream stream = client.GetStream();
                    string body = await ReadBody(stream);
                    (int status, string text) = answer(body);
                    if (status < 0)
                    {
                        await Task.Delay(1000, stopped.Token);
                        continue;
                    }

                    byte[] content = Encoding.UTF8.GetBytes(text);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"), stopped.Token);
                    await stream.WriteAsync(content, stopped.Token);
                }
                catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
                {
                    return;
                }
                catch (IOException)
                {
                    // A client that went away; the next one is served.
                }
            }
        }

        private async Task<string> ReadBody(NetworkStream stream)
        {
            List<byte> bytes = [];
            byte[] buffer = new byte[65536];
            while (true)
            {
                int count = await stream.ReadAsync(buffer, stopped.Token);
                if (count == 0)
                {
                    throw new IOException("closed");
                }

                bytes.AddRange(buffer.AsSpan(0, count));
                string text = Encoding.UTF8.GetString([.. bytes]);
                int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end < 0)
                {
                    continue;
                }

                Head = text[..end];
                string length = Head.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
                if (Encoding.UTF8.GetByteCount(text[(end + 4)..]) >= int.Parse(length, System.Globalization.CultureInfo.InvariantCulture))
                {
                    return text[(end + 4)..];
                }
            }
        }
    }
}
