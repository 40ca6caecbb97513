using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Proximal.Studio.Web;

/// <summary>
/// Refuses what does not come from a page of the studio. The host must be this machine by name or number, which stops a foreign name that was bound
/// to the loopback address (DNS rebinding). A browser says from which site a request comes: another one is refused whatever it asks for.
/// </summary>
internal static class RequestGuard
{
    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Sets the headers of every answer, and answers what is refused.</summary>
    public static bool TryRefuse(HttpContext context, out Task answer)
    {
        SecurityHeaders.Apply(context.Response.Headers);
        string? fault = Fault(context.Request, context.Connection.LocalPort);
        answer = fault is null ? Task.CompletedTask : JsonReply.ErrorAsync(context, StatusCodes.Status403Forbidden, fault);
        return fault is not null;
    }

    private static string? Fault(HttpRequest request, int port)
    {
        if (!IsOwn(request.Host.Value, port))
        {
            return "The host of the request is not this studio.";
        }

        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none"))
        {
            return "Requests from other sites are refused.";
        }

        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (origin.StartsWith("http://", StringComparison.Ordinal) && IsOwn(origin["http://".Length..], port))
            ? null
            : "Requests from other origins are refused.";
    }

    private static bool IsOwn(string? host, int port) =>
        Hosts.Any(own => string.Equals(host, string.Create(CultureInfo.InvariantCulture, $"{own}:{port}"), StringComparison.OrdinalIgnoreCase));
}
