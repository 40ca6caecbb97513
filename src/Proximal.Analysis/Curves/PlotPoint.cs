namespace Proximal.Analysis.Curves;

/// <summary>A place on a surface.</summary>
internal readonly record struct PlotPoint(double X, double Y);
