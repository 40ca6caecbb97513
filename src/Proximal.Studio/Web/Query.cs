using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Proximal.Studio.Web;

/// <summary>Values of a request, read strictly.</summary>
internal static class Query
{
    private const int LongestText = 4_096;

    /// <summary>A text; null where there is none.</summary>
    /// <exception cref="BadRequestException">It is too long.</exception>
    public static string? Text(HttpRequest request, string name)
    {
        string text = request.Query[name].ToString();
        return text.Length > LongestText ? throw new BadRequestException($"'{name}' is longer than {LongestText} characters.") : text.Length == 0 ? null : text;
    }

    /// <summary>A finite number; the default where there is none.</summary>
    /// <exception cref="BadRequestException">It is none.</exception>
    public static double Number(HttpRequest request, string name, double otherwise) => Text(request, name) is not { } text
        ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new BadRequestException($"'{name}' is '{text}', expected a number.");

    /// <summary>A whole number within a range; the default where there is none.</summary>
    /// <exception cref="BadRequestException">It is none, or out of range.</exception>
    public static int Integer(HttpRequest request, string name, int otherwise, int least, int most) => Text(request, name) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new BadRequestException(string.Create(CultureInfo.InvariantCulture, $"'{name}' is '{text}', expected a whole number from {least} to {most}."));
}
