using System.Xml.Linq;
using Proximal.Control.Environments;
using Proximal.Control.Rendering;

namespace Proximal.Control.Tests.Rendering;

public sealed class CanvasTests
{
    [Fact]
    public void A_rectangle_covers_the_exact_share_of_the_pixels_at_its_edges()
    {
        RasterCanvas canvas = new(16, 16);
        canvas.Rectangle(2.5, 3.25, 6, 8, Color.Hex(0));
        Assert.Equal(Color.White, canvas.Picture[1, 10]);
        Assert.Equal(128, canvas.Picture[2, 9].Red);
        Assert.Equal(0, canvas.Picture[3, 9].Red);
        Assert.Equal(255, canvas.Picture[6, 9].Red);
        Assert.Equal(64, canvas.Picture[4, 12].Red);
        Assert.Equal(159, canvas.Picture[2, 12].Red);
    }

    [Fact]
    public void The_covered_area_of_any_polygon_is_its_area()
    {
        EpisodeRandom random = new(4);
        for (int trial = 0; trial < 50; trial++)
        {
            RasterCanvas canvas = new(64, 64);
            Point[] corners = [new(random.Uniform(1, 63), random.Uniform(1, 63)), new(random.Uniform(1, 63), random.Uniform(1, 63)), new(random.Uniform(1, 63), random.Uniform(1, 63))];
            canvas.Polygon(corners, Color.Hex(0));
            double area = Math.Abs(((corners[1].X - corners[0].X) * (corners[2].Y - corners[0].Y)) - ((corners[2].X - corners[0].X) * (corners[1].Y - corners[0].Y))) / 2;
            Assert.Equal(area, Darkness(canvas.Picture), 0.02 * 64);
        }
    }

    [Fact]
    public void A_circle_and_a_line_cover_their_areas_and_shapes_outside_nothing()
    {
        RasterCanvas canvas = new(100, 100);
        canvas.Circle(new Point(50, 50), 20, Color.Hex(0));
        Assert.Equal(Math.PI * 400, Darkness(canvas.Picture), 5.0);
        canvas.Clear(Color.White);
        canvas.Line(new Point(20, 20), new Point(60, 50), 6, Color.Hex(0));
        Assert.Equal((50 * 6) + (Math.PI * 9), Darkness(canvas.Picture), 3.0);
        canvas.Clear(Color.White);
        canvas.Circle(new Point(-300, 50), 20, Color.Hex(0));
        canvas.Circle(new Point(300, 50), 20, Color.Hex(0));
        canvas.Rectangle(10, -30, 20, -10, Color.Hex(0));
        Assert.Equal(0, Darkness(canvas.Picture));
        canvas.Rectangle(-500, -500, 50, 500, Color.Hex(0));
        Assert.Equal(5000, Darkness(canvas.Picture), 0.01);
    }

    [Fact]
    public void The_world_is_shown_in_the_middle_without_distortion_and_may_be_upside_down()
    {
        RasterCanvas canvas = new(60, 40, captionHeight: 20);
        canvas.SetWorld(0, 0, 2, 2);
        canvas.Rectangle(0, 0, 1, 1, Color.Hex(0));
        Assert.Equal(0, canvas.Picture[21, 38].Red);
        Assert.Equal(255, canvas.Picture[21, 28].Red);
        Assert.Equal(255, canvas.Picture[18, 38].Red);
        canvas.Clear(Color.White);
        canvas.SetWorld(0, 2, 2, 0);
        canvas.Rectangle(0, 0, 1, 1, Color.Hex(0));
        Assert.Equal(0, canvas.Picture[21, 21].Red);
        Assert.Equal(255, canvas.Picture[21, 31].Red);
        Assert.Throws<ArgumentException>(() => canvas.SetWorld(1, 0, 1, 1));
    }

    [Fact]
    public void Vector_graphics_are_well_formed_whatever_the_text()
    {
        SvgCanvas canvas = new(100, 50);
        canvas.Text(new Point(5, 5), 3, "a < b & \"c\"", Color.Ink.WithOpacity(0.5));
        canvas.Lines([new(0, 0), new(10, 10)], 1, Color.Gray);
        canvas.Circle(new Point(3, 4), 2, Color.Amber);
        XElement svg = XDocument.Parse(canvas.ToString()).Root!;
        Assert.Equal(["text", "polyline", "circle"], svg.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("a < b & \"c\"", svg.Elements().First().Value);
        Assert.Equal("46", svg.Elements().Last().Attribute("cy")!.Value);
    }

    private static double Darkness(Picture picture)
    {
        double sum = 0;
        for (int i = 0; i < picture.Pixels.Length; i += 3)
        {
            sum += (255 - picture.Pixels[i]) / 255.0;
        }

        return sum;
    }
}
