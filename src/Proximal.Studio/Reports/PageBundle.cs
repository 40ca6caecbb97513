using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Proximal.Studio.Web;

namespace Proximal.Studio.Reports;

/// <summary>
/// The page of the studio as one file: its modules become functions of one script, in the order in which they need each other, and its policy allows
/// that script and that style by their hashes and nothing else. Modules hold to plain forms: an import is one line of names, what is exported is declared so.
/// </summary>
internal static partial class PageBundle
{
    private const string Main = "js/main.js";

    /// <summary>Writes the page around data.</summary>
    /// <param name="title">Title of the page; any text.</param>
    /// <param name="data">JSON in which the characters of markup are escaped.</param>
    public static string Write(string title, string data)
    {
        string icon = $"data:image/svg+xml;base64,{Convert.ToBase64String(Assets.Read("icon.svg").Span)}";
        string style = Text("studio.css").Replace("/icon.svg", icon, StringComparison.Ordinal);
        string early = Text("js/theme-early.js"), script = Bundle();
        Refuse(style, "</style");
        Refuse(early + script, "</script");
        Refuse(early + script, "<!--");
        Refuse(data, "<");
        string policy = $"default-src 'none'; script-src {Hash(early)} {Hash(script)}; style-src {Hash(style)}; img-src blob: data:; base-uri 'none'; form-action 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{System.Net.WebUtility.HtmlEncode(title)}</title>
            <link rel="icon" href="{icon}">
            <style>{style}</style>
            <script>{early}</script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to content</a>
            <header class="top" id="top"></header>
            <main id="main" class="page" tabindex="-1"></main>
            <noscript><p class="empty">This report draws its pages with JavaScript, which is switched off in this browser.</p></noscript>
            <script type="application/json" id="report-data">{data}</script>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    private static string Bundle()
    {
        List<string> order = [];
        Visit(Main, order, []);
        StringBuilder script = new("'use strict';\n");
        foreach (string path in order)
        {
            script.Append(Wrap(path, order));
        }

        return script.ToString();
    }

    private static void Visit(string path, List<string> order, HashSet<string> seen)
    {
        if (!seen.Add(path))
        {
            return;
        }

        foreach (Match import in Import().Matches(Text(path)))
        {
            Visit($"js/{import.Groups["file"].Value}", order, seen);
        }

        order.Add(path);
    }

    /// <summary>A module as a function that gives what it exports.</summary>
    private static string Wrap(string path, List<string> order)
    {
        string text = Text(path);
        string names = string.Join(", ", Export().Matches(text).Select(match => match.Groups["name"].Value));
        text = Import().Replace(text, match => $"const {{{match.Groups["names"].Value}}} = {Name($"js/{match.Groups["file"].Value}")};");
        text = Export().Replace(text, match => match.Value["export ".Length..]);
        return $"const {Name(path)} = (() => {{\n{text}\nreturn {{ {names} }};\n}})();\n";

        string Name(string module) => string.Create(CultureInfo.InvariantCulture, $"$module{order.IndexOf(module)}");
    }

    private static string Text(string path) => Encoding.UTF8.GetString(Assets.Read(path).Span).ReplaceLineEndings("\n");

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static void Refuse(string text, string end)
    {
        if (text.Contains(end, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"A part of the page holds '{end}', which would end it.");
        }
    }

    [GeneratedRegex(@"^import \{(?<names>[^}]*)\} from '\./(?<file>[\w-]+\.js)';$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?:async )?(?:function|const|class) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Export();
}
