namespace Descent.Models.Separation;

/// <summary>Matrices <c>Σᵢ Mᵢ ⊗ xᵢxᵢᵀ</c> with a symmetric k×k matrix an example, block by block.</summary>
static class Blocks
{
    /// <summary>
    /// Adds the upper triangle. <paramref name="entry"/> writes entry (a, b), a ≤ b, of every Mᵢ and returns whether any differs from 0.
    /// </summary>
    public static void Add(Design x, int outputs, Func<int, int, double[], bool> entry, double[] h, double[] matrix)
    {
        int width = x.Width, p = outputs * width;
        double[] block = new double[width * width];
        for (int a = 0; a < outputs; a++)
        {
            for (int b = a; b < outputs; b++)
            {
                if (!entry(a, b, h)) continue;
                Array.Clear(block);
                for (int first = 0; first < x.Count; first += 256)
                    x.Rows.AddGram(first, h.AsSpan(first, Math.Min(256, x.Count - first)), block, width);
                for (int i = 0; i < width; i++)
                {
                    for (int j = i; j < width; j++)
                    {
                        matrix[(((a * width) + i) * p) + (b * width) + j] += block[(i * width) + j];
                        if (a != b && i != j) matrix[(((a * width) + j) * p) + (b * width) + i] += block[(i * width) + j];
                    }
                }
            }
        }
    }
}
