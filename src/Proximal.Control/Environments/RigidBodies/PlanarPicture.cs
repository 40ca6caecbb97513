using Proximal.Control.Rendering;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>Draws planar robots.</summary>
internal static class PlanarPicture
{
    private const double LimbWidth = 0.08;

    /// <summary>Shows the robot in the middle of flat ground that is marked at every meter.</summary>
    /// <param name="canvas">Receives the picture.</param>
    /// <param name="robot">The robot.</param>
    /// <param name="height">Height of the visible world above the ground (m).</param>
    /// <param name="limb">Width of limbs, as a part of the usual.</param>
    public static void Draw(Canvas canvas, PlanarArticulation robot, double height, double limb = 1)
    {
        double x = robot.Position[0], half = height * 0.8, depth = height / 8;
        canvas.SetWorld(x - half, -depth, x + half, height);
        canvas.Rectangle(x - (2 * half), -2 * depth, x + (2 * half), 0, Color.Silver);
        for (double mark = Math.Floor(x - (2 * half)); mark < x + (2 * half); mark++)
        {
            canvas.Line(new Point(mark, 0), new Point(mark, -depth / 3), height / 120, Color.Gray);
        }

        PlanarModel model = robot.Model;
        for (int i = model.Links.Count - 1; i >= 0; i--)
        {
            Color color = i == 0 ? Color.Indigo : i % 2 == 1 ? Color.Amber : Color.Teal;
            Point origin = Locate(robot, i, 0, 0);
            foreach (PlanarContact contact in model.Contacts)
            {
                if (contact.Link == i)
                {
                    canvas.Line(origin, Locate(robot, i, contact.X, contact.Z), limb * LimbWidth, color);
                }
            }

            for (int child = i + 1; child < model.Links.Count; child++)
            {
                if (model.Links[child].Parent == i)
                {
                    canvas.Line(origin, Locate(robot, i, model.Links[child].Anchor.X, model.Links[child].Anchor.Z), limb * LimbWidth, color);
                }
            }
        }
    }

    private static Point Locate(PlanarArticulation robot, int link, double x, double z)
    {
        (double worldX, double worldZ) = robot.Locate(link, x, z);
        return new Point(worldX, worldZ);
    }
}
