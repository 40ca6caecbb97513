using Proximal.Control.Rendering.Gif;

namespace Proximal.Control.Rendering;

/// <summary>Frames of pixels.</summary>
internal sealed class RasterAnimation(int width, int height, int captionHeight) : IAnimation
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly RasterCanvas canvas = new(width, height, captionHeight);
    private readonly GifAnimation frames = new(width, height);

    public int Count => frames.Count;

    public Canvas Canvas => canvas;

    public void Add() => frames.Add(canvas.Picture);

    public void Thin() => frames.Thin();

    public void Write(Stream stream, TimeSpan delay) => frames.Write(stream, delay, Rest);
}
