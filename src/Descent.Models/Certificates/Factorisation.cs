namespace Descent.Models.Certificates;

/// <summary>A factor of a symmetric matrix whose columns are scaled to a unit diagonal,
/// with a proof of how far from singular it is.</summary>
abstract class Factorisation
{
    // Above this size double-double arithmetic would take seconds.
    const int LargestExact = 150;

    /// <summary>Number of columns kept.</summary>
    public abstract int Rank { get; }

    /// <summary>Kept columns first; then those left out.</summary>
    public abstract ReadOnlySpan<int> Order { get; }

    /// <summary>A factor in the arithmetic that the size allows;
    /// columns with a pivot of at most <paramref name="drop"/> are left out where that can be told.</summary>
    public static Factorisation Of(DoubleDouble[] matrix, int size, double drop) =>
        size <= LargestExact ? new ExactFactor(matrix, size, drop) : new PlainFactor(matrix, size);

    /// <summary>1/√diagonal, 0 for a column of zeros.</summary>
    public abstract double ScaleOf(int j);

    /// <summary>Solves with the kept columns; the others get 0.</summary>
    public abstract void Solve(ReadOnlySpan<DoubleDouble> right, Span<DoubleDouble> result);

    /// <summary>A proved lower bound on the smallest eigenvalue of the kept, scaled columns; 0 when none can be proved.</summary>
    /// <param name="error">Bound on the error of any entry of the scaled matrix.</param>
    public abstract double SmallestEigenvalue(double error);
}
