using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Environments.TowerDefence;

/// <summary>
/// A model behind an OpenAI-compatible server that plays whole games. Each decision is a conversation of its own: the rules, the state as JSON (<see cref="TowerJson"/>), and an
/// answer such as <c>{"type": 1, "x": -0.3, "y": 0.8}</c>, with any text around it. An answer without one counts as an invalid action; a server that does not answer
/// ends the game, after some tries.
/// </summary>
public sealed class TowerEndpointAgent : ITowerAgent, IDisposable
{
    private const int LargestAnswer = 1 << 20;
    private const int MostAnswerTokens = 256;

    private const string Rules =
        "You defend the base at the end of every path against enemies, one decision a second. Lives are lost when enemies arrive. Actions by type: 0 nothing; 1 build Archer (ground and air), "
        + "2 build Knight, 3 build Magician (ground only), each at a tower of kind none; 4 upgrade, 5 sell the tower at x, y; 6 move the hero to x, y; 7 fire of the hero at x, y; 8 upgrade the hero; "
        + "9 reinforcements at x, y on a path; 10 rally point of the nearest Knight tower; 11 collect the coin at x, y (there is one when its value is above 0). x and y are from -3 to 3. An action that is "
        + "impossible has no effect: last.error says why. Answer with one JSON object and nothing else: {\"type\": 0, \"x\": 0.0, \"y\": 0.0}";

    private readonly TowerEndpointSettings settings;
    private readonly HttpClient client;
    private readonly Uri address;

    /// <summary>Creates the agent.</summary>
    /// <param name="settings">The server.</param>
    /// <exception cref="ArgumentException">A key would go over an open line.</exception>
    public TowerEndpointAgent(TowerEndpointSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Key is not null && settings.Address.Scheme != "https" && !settings.Address.IsLoopback)
        {
            throw new ArgumentException($"{settings.Address}: a key goes over https or to this machine only, expected an address that begins with https://", nameof(settings));
        }

        this.settings = settings;
        address = new Uri(settings.Address.AbsoluteUri.TrimEnd('/') + "/chat/completions");

        // A redirection could carry the key to somebody else.
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = settings.Timeout, MaxResponseContentBufferSize = LargestAnswer };
    }

    /// <inheritdoc/>
    public string Name => settings.Model;

    /// <inheritdoc/>
    public bool Malformed { get; private set; }

    /// <inheritdoc/>
    public void Begin(TowerWorld world, ulong seed)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer, or refuses.</exception>
    public TowerAction Choose(TowerWorld world)
    {
        string answer = Ask(TowerJson.ToJson(world));
        TowerAction? action = Content(answer) is { } content ? Read(content) : null;
        Malformed = action is null;
        return action ?? default;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => client.Dispose();

    /// <summary>The first JSON object of a text with a type from 0 to 11, or null.</summary>
    /// <param name="text">What the model wrote.</param>
    internal static TowerAction? Read(string text)
    {
        for (int start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
        {
            int end = text.IndexOf('}', start);
            if (end < 0)
            {
                return null;
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(text.AsMemory(start, end - start + 1), new JsonDocumentOptions { MaxDepth = 4 });
                JsonElement root = document.RootElement;
                if (root.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Number && type.TryGetInt32(out int number) && number is >= 0 and < TowerAction.Types)
                {
                    return new TowerAction((TowerActionType)number, Coordinate(root, "x"), Coordinate(root, "y"));
                }
            }
            catch (JsonException)
            {
                // Braces in prose: the next ones may hold the action.
            }
        }

        return null;
    }

    // A place that is missing is off the map where the type needs one.
    private static double Coordinate(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : double.PositiveInfinity;

    private static string? Content(string answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private string Ask(string state)
    {
        byte[] body = Body(state);
        TimeSpan pause = settings.Pause;
        for (int attempt = 0; ; attempt++)
        {
            string fault;
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                if (settings.Key is { } key)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                }

                using HttpResponseMessage response = client.Send(request);
                using StreamReader reader = new(response.Content.ReadAsStream(), Encoding.UTF8);
                string text = reader.ReadToEnd();
                int status = (int)response.StatusCode;
                if (response.IsSuccessStatusCode)
                {
                    return text;
                }

                fault = string.Create(CultureInfo.InvariantCulture, $"status {status}");
                if (status is not (408 or 429 or >= 500))
                {
                    throw new IOException($"{address}: {fault}, expected an answer of a chat model");
                }
            }
            catch (HttpRequestException exception)
            {
                fault = exception.Message;
            }
            catch (TaskCanceledException)
            {
                fault = string.Create(CultureInfo.InvariantCulture, $"no answer within {settings.Timeout.TotalSeconds} s");
            }

            if (attempt == settings.Retries)
            {
                throw new IOException($"{address}: {fault}, after {attempt + 1} tries");
            }

            Thread.Sleep(pause);
            pause *= 2;
        }
    }

    private byte[] Body(string state)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("model", settings.Model);
            writer.WriteNumber("temperature", 0);
            writer.WriteNumber("max_tokens", MostAnswerTokens);
            writer.WriteStartArray("messages");
            Message(writer, "system", Rules);
            Message(writer, "user", state);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Message(Utf8JsonWriter writer, string role, string content)
    {
        writer.WriteStartObject();
        writer.WriteString("role", role);
        writer.WriteString("content", content);
        writer.WriteEndObject();
    }
}
