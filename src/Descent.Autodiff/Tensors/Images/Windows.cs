using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

/// <summary>Where a square window is put on images: its size, the distance of its positions, and the zeros around the image.</summary>
readonly record struct Windows(int Size, int Stride, int Padding)
{
    /// <summary>Positions along a side of an image.</summary>
    public int Along(int side) => ((side + (2 * Padding) - Size) / Stride) + 1;

    /// <summary>Whether a window fits into a side of an image with its zeros.</summary>
    public bool Fit(int side) => Size >= 1 && Size <= side + (2 * Padding);

    /// <summary>Shape of the patches of images, one row a position.</summary>
    public Shape Patches(Shape images)
    {
        if (images.Rank != 4)
            throw new ArgumentException($"Convolve: images of shape (n, height, width, channels) are needed; got {images}.");
        if (Stride < 1 || Padding < 0)
            throw new ArgumentException(
                $"Convolve: a stride of at least 1 and a padding of at least 0 are needed; got {Stride} and {Padding}.");
        if (!Fit(images[1]) || !Fit(images[2]))
            throw new ArgumentException(
                $"Convolve: a window of {Size}×{Size} does not fit into images of shape {images} padded by {Padding}.");
        return new Shape(images[0] * Along(images[1]) * Along(images[2]), Size * Size * images[3]);
    }

    /// <summary>All lines of all windows, in the order of the patches: image, position by position, then the window's lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Walk<V>(Shape images, scoped ref V visitor)
        where V : struct, IWindowLines, allows ref struct
    {
        int height = images[1], width = images[2], channels = images[3], rows = Along(height), columns = Along(width),
            line = Size * channels, at = 0;
        for (int n = 0; n < images[0]; n++)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    int y = (i * Stride) - Padding, x = (j * Stride) - Padding, left = Math.Clamp(-x, 0, Size),
                        right = Math.Max(left, Math.Min(Size, width - x));
                    int from = ((((n * height) + y) * width) + x + left) * channels;
                    for (int a = 0; a < Size; a++, at += line, from += width * channels)
                    {
                        // A line beside the image is all zeros.
                        if ((uint)(y + a) >= (uint)height || left == right) visitor.Line(at, line, 0, 0, 0);
                        else visitor.Line(at, left * channels, from, (right - left) * channels, (Size - right) * channels);
                    }
                }
            }
        }
    }
}
