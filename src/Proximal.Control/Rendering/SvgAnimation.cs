using System.Globalization;
using System.Text;

namespace Proximal.Control.Rendering;

/// <summary>Frames of vector graphics in one document: each is a group that a style sheet shows in its turn. The first stands still where styles do not move.</summary>
internal sealed class SvgAnimation(int width, int height, int captionHeight) : IAnimation
{
    private readonly SvgCanvas canvas = new(width, height, captionHeight);
    private readonly List<string> frames = [];

    public int Count => frames.Count;

    public Canvas Canvas => canvas;

    public void Add() => frames.Add(canvas.TakeShapes());

    public void Thin()
    {
        int kept = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            if (i % 2 == 0 || i == frames.Count - 1)
            {
                frames[kept++] = frames[i];
            }
        }

        frames.RemoveRange(kept, frames.Count - kept);
    }

    public void Write(Stream stream, TimeSpan delay)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), bufferSize: 1 << 14, leaveOpen: true) { NewLine = "\n" };
        double seconds = delay.TotalSeconds;
        writer.Write(SvgCanvas.Opening(width, height));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<style>@keyframes turn {{ 0% {{ visibility: visible }} {100.0 / frames.Count:0.######}%, 100% {{ visibility: hidden }} }}"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"g {{ visibility: hidden; animation: turn {seconds * frames.Count:0.###}s step-end infinite }} g:first-of-type {{ visibility: visible }}</style>"));
        for (int i = 0; i < frames.Count; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<g style=\"animation-delay: {seconds * i:0.###}s\">\n{frames[i]}</g>\n"));
        }

        writer.Write("</svg>\n");
    }
}
