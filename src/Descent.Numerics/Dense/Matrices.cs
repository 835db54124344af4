using System.Numerics;

namespace Descent.Numerics;

/// <summary>Products of small row-major matrices, row by row through the vector kernels; the same bits at every vector width.</summary>
public static class Matrices
{
    /// <summary><c>C = A·B</c>; A is m×k, B k×n, C m×n.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        c[..(m * n)].Clear();
        for (int i = 0; i < m; i++)
            for (int l = 0; l < k; l++) Vectors.AddScaled(a[(i * k) + l], b.Slice(l * n, n), c.Slice(i * n, n));
    }

    /// <summary><c>C = A·Bᵀ</c>; A is m×k, B n×k, C m×n.</summary>
    public static void MultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) c[(i * n) + j] = Vectors.Dot(a.Slice(i * k, k), b.Slice(j * k, k));
    }

    /// <summary><c>C = Aᵀ·B</c>; A is k×m, B k×n, C m×n.</summary>
    public static void TransposeMultiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        c[..(m * n)].Clear();
        for (int l = 0; l < k; l++)
            for (int i = 0; i < m; i++) Vectors.AddScaled(a[(l * m) + i], b.Slice(l * n, n), c.Slice(i * n, n));
    }
}
