using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Proximal.Studio.Web;

/// <summary>The files of the page, out of the assembly.</summary>
internal static class Assets
{
    private const string Prefix = "studio/";

    private static readonly Dictionary<string, Asset> All = Load();

    /// <summary>Paths of all files, as <c>js/chart.js</c>.</summary>
    public static IReadOnlyCollection<string> Paths => All.Keys;

    /// <summary>The bytes of a file.</summary>
    public static ReadOnlyMemory<byte> Read(string path) => All[path].Content;

    /// <summary>Answers with a file.</summary>
    /// <returns>Whether there is one of that path.</returns>
    public static async Task<bool> TryAnswerAsync(HttpContext context, string path)
    {
        if (!All.TryGetValue(path, out Asset? asset))
        {
            return false;
        }

        context.Response.Headers.ETag = asset.Tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch == asset.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        context.Response.ContentType = asset.Type;
        context.Response.ContentLength = asset.Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(asset.Content, context.RequestAborted);
        }

        return true;
    }

    private static Dictionary<string, Asset> Load()
    {
        Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
        System.Reflection.Assembly assembly = typeof(Assets).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            string type = Path.GetExtension(name) switch
            {
                ".html" => "text/html; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                _ => "image/svg+xml",
            };
            assets.Add(name[Prefix.Length..], new Asset(content, type, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
        }

        return assets;
    }

    private sealed record Asset(byte[] Content, string Type, string Tag);
}
