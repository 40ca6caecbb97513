using System.Globalization;
using Proximal.Control.Rendering;

namespace Proximal.Control.Environments.ClassicControl;

/// <summary>How both mountain cars look: a valley of height 0.45 sin(3 x) + 0.55, the car and the flag at the goal.</summary>
internal static class Mountain
{
    private const double Left = -1.2, Right = 0.6;

    public static void Draw(double position, double goal, Canvas canvas)
    {
        const int Segments = 48;
        canvas.SetWorld(Left, -0.05, Right, 1.25);
        Span<Point> ground = stackalloc Point[Segments + 3];
        for (int i = 0; i <= Segments; i++)
        {
            double x = Left + ((Right - Left) * i / Segments);
            ground[i] = new Point(x, Height(x));
        }

        ground[^2] = new Point(Right, -0.05);
        ground[^1] = new Point(Left, -0.05);
        canvas.Polygon(ground, Color.Silver);
        canvas.Line(new Point(goal, Height(goal)), new Point(goal, Height(goal) + 0.2), 0.012, Color.Gray);
        canvas.Polygon([new(goal, Height(goal) + 0.2), new(goal, Height(goal) + 0.12), new(goal + 0.1, Height(goal) + 0.16)], Color.Teal);
        Point place = new(position, Height(position));
        double slope = Math.Atan(1.35 * Math.Cos(3 * position));
        canvas.Polygon([new Point(-0.07, 0.03).Placed(slope, place), new Point(0.07, 0.03).Placed(slope, place), new Point(0.05, 0.09).Placed(slope, place), new Point(-0.05, 0.09).Placed(slope, place)], Color.Indigo);
        canvas.Circle(new Point(-0.04, 0.025).Placed(slope, place), 0.025, Color.Ink);
        canvas.Circle(new Point(0.04, 0.025).Placed(slope, place), 0.025, Color.Ink);
    }

    public static void WriteText(double position, double velocity, double goal, TextWriter writer)
    {
        const int columns = 61, rows = 8;
        Span<char> line = stackalloc char[columns];
        for (int row = rows - 1; row >= 0; row--)
        {
            for (int column = 0; column < columns; column++)
            {
                double x = Left + ((Right - Left) * column / (columns - 1));
                line[column] = Row(x, rows) == row ? Column(position, columns) == column ? '█' : Column(goal, columns) == column ? '¶' : '·' : ' ';
            }

            writer.WriteLine(line.TrimEnd());
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"position {position:0.000}, velocity {velocity:0.0000}"));
    }

    private static double Height(double x) => (0.45 * Math.Sin(3 * x)) + 0.55;

    private static int Row(double x, int rows) => Math.Clamp((int)(Height(x) * rows), 0, rows - 1);

    private static int Column(double x, int columns) => (int)Math.Round((columns - 1) * (x - Left) / (Right - Left));
}
