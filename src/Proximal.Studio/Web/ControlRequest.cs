using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Proximal.Runs;

namespace Proximal.Studio.Web;

/// <summary>A command to a live run. The token comes in a header, which no form of another site can set.</summary>
internal sealed record ControlRequest(string Token, RunCommand Command, string? Key, string? Value)
{
    private const string TokenHeader = "X-Proximal-Token";
    private const int LongestToken = 256;

    /// <summary>Reads a request.</summary>
    /// <exception cref="BadRequestException">It is no command.</exception>
    public static async Task<ControlRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        string token = request.Headers[TokenHeader].ToString();
        if (token.Length is 0 or > LongestToken)
        {
            throw new BadRequestException($"The header {TokenHeader} is missing, expected the token that the run printed when it started.", StatusCodes.Status401Unauthorized);
        }

        if (request.ContentType is not { } type || !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadRequestException("The command is no JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(request.Body, default, cancellation);
            JsonElement root = document.RootElement;
            string? name = Text(root, "command");
            RunCommand command = Enum.TryParse(name, ignoreCase: true, out RunCommand parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(name![0])
                ? parsed
                : throw new BadRequestException("'command' is unknown, expected pause, resume, checkpoint, stop or set.");
            return new ControlRequest(token, command, Text(root, "key"), Text(root, "value"));
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            throw new BadRequestException("The command is no JSON object of texts.");
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member.GetString() : null;
}
