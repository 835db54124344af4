namespace Descent.Numerics;

/// <summary>
/// The Lanczos process on a symmetric operator that is known by its products: an orthonormal basis Q of the Krylov space of a start vector,
/// and the tridiagonal <c>QᵀHQ</c>. Every new vector is orthogonalised against all before it, twice, so that the basis stays orthogonal to
/// rounding.
/// </summary>
/// <remarks>Memory (k + 2)d for k steps. Deterministic. Source: Golub and Van Loan 2013, 10.1.</remarks>
public sealed class Lanczos
{
    readonly double[][] basis;
    readonly double[] product;

    /// <summary>Room for <paramref name="most"/> steps in dimension <paramref name="dimension"/>.</summary>
    public Lanczos(int dimension, int most)
    {
        Most = Math.Min(dimension, most);
        basis = new double[Most][];
        for (int i = 0; i < Most; i++) basis[i] = new double[dimension];
        product = new double[dimension];
        Diagonal = new double[Most];
        OffDiagonal = new double[Most];
    }

    /// <summary>Most steps.</summary>
    public int Most { get; }

    /// <summary>Steps taken; fewer than asked when the space is invariant.</summary>
    public int Count { get; private set; }

    /// <summary>Diagonal of the tridiagonal matrix.</summary>
    public double[] Diagonal { get; }

    /// <summary>Entries beside it; the last one is the norm of what is left outside the space.</summary>
    public double[] OffDiagonal { get; }

    /// <summary>The i-th basis vector.</summary>
    public ReadOnlySpan<double> Vector(int i) => basis[i];

    /// <summary>Begins with a start vector that is not zero.</summary>
    public void Begin(ReadOnlySpan<double> start)
    {
        Count = 0;
        if (Most == 0) return;
        start.CopyTo(basis[0]);
        Vectors.Scale(1 / Vectors.Norm(start), basis[0].AsSpan());
    }

    /// <summary>Where the product of the next basis vector is to be written: <c>H·Vector(Count)</c>.</summary>
    public Span<double> Product => product;

    /// <summary>Takes the product in; false when the space is complete.</summary>
    public bool Step()
    {
        int k = Count++;
        Diagonal[k] = Vectors.Dot<double>(basis[k], product);
        for (int pass = 0; pass < 2; pass++)
            for (int i = 0; i <= k; i++) Vectors.AddScaled(-Vectors.Dot<double>(basis[i], product), basis[i], product.AsSpan());
        double rest = Vectors.Norm<double>(product);
        OffDiagonal[k] = rest;
        if (Count == Most || !(rest > 1e-12 * (Math.Abs(Diagonal[k]) + (k > 0 ? OffDiagonal[k - 1] : 0)))) return false;
        product.AsSpan().CopyTo(basis[k + 1]);
        Vectors.Scale(1 / rest, basis[k + 1].AsSpan());
        return true;
    }

    /// <summary>
    /// Goes on from the part of a vector that the complete space does not hold:
    /// the next basis vector, whose entry beside it is 0. False when there is no room, or no such part above rounding.
    /// </summary>
    public bool Extend(ReadOnlySpan<double> vector)
    {
        if (Count == Most || Count == 0) return false;
        vector.CopyTo(product);
        double before = Vectors.Norm<double>(product);
        for (int pass = 0; pass < 2; pass++)
            for (int i = 0; i < Count; i++) Vectors.AddScaled(-Vectors.Dot<double>(basis[i], product), basis[i], product.AsSpan());
        double rest = Vectors.Norm<double>(product);
        if (!(rest > 1e-12 * before)) return false;
        OffDiagonal[Count - 1] = 0;
        product.AsSpan().CopyTo(basis[Count]);
        Vectors.Scale(1 / rest, basis[Count].AsSpan());
        return true;
    }

    /// <summary>Writes the tridiagonal matrix of the first <see cref="Count"/> steps,
    /// upper triangle, row-major with the given stride.</summary>
    public void Tridiagonal(Span<double> matrix, int stride)
    {
        matrix.Clear();
        for (int i = 0; i < Count; i++)
        {
            matrix[(i * stride) + i] = Diagonal[i];
            if (i + 1 < Count) matrix[(i * stride) + i + 1] = OffDiagonal[i];
        }
    }
}
