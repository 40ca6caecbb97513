namespace Proximal.Ratios;

/// <summary>The names under which recipes choose what corrections have in common.</summary>
internal static class CorrectionChoices
{
    public static readonly (string Name, CorrectionLevel Value)[] Levels = [("token", CorrectionLevel.Token), ("sequence", CorrectionLevel.Sequence)];

    public static readonly (string Name, CorrectionNormalization Value)[] Normalizations =
    [
        ("none", CorrectionNormalization.None),
        ("token", CorrectionNormalization.Token),
        ("sequence", CorrectionNormalization.Sequence),
    ];
}
