using Proximal.Recipes;

namespace Proximal.Control.Environments;

/// <summary>Checks the options that an environment was made with.</summary>
internal static class EnvironmentOptions
{
    /// <summary>The options, or the defaults for null.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public static T Checked<T>(this OptionSchema<T> schema, T? options)
        where T : class
    {
        options ??= (T)schema.CreateDefaults();
        return schema.FindFault(options) is { } fault ? throw new ArgumentException($"{fault}.", nameof(options)) : options;
    }
}
