using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Proximal.Studio.Web;

/// <summary>Answers in JSON.</summary>
internal static class JsonReply
{
    /// <summary>No answer is larger.</summary>
    private const int MostBytes = 64 << 20;

    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            write(json);
        }

        if (buffer.WrittenCount > MostBytes)
        {
            await ErrorAsync(context, StatusCodes.Status413PayloadTooLarge, "The answer is too large; ask for less of it.");
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }

    public static Task ErrorAsync(HttpContext context, int status, string message) => WriteAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteEndObject();
        },
        status);
}
