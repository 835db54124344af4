using Descent.Numerics;
using Descent.Oracles;

namespace Descent.Maps;

/// <summary>
/// Anderson acceleration of depth m: with f = G(x) − x and the last m differences ΔX, ΔF, <c>x ← x + f − (ΔX + ΔF)γ</c>,
/// γ the least-squares solution of ΔF γ ≈ f. A step that lowers the merit, or for a map without one more than doubles ‖f‖, is taken back
/// and the differences are forgotten. One application a step, two where it is taken back; O(m²d) work, (3m + 6)d numbers.
/// Source: Anderson (1965); Walker and Ni (2011).
/// </summary>
public sealed class Anderson : MapIteration
{
    readonly int depth;
    readonly double[] points, residuals, basis, oldPoint, oldResidual, gamma, triangle;
    readonly int[] used;
    long kept, next;

    /// <summary>Starts at a point with a memory of <paramref name="depth"/> differences, 1 … 50.</summary>
    public Anderson(IFixedPointMap map, ReadOnlySpan<double> start, int depth = 5)
        : base(map, start)
    {
        if (depth is < 1 or > 50) throw new ArgumentException($"Anderson's depth must lie in 1 … 50; got {depth}.");
        int d = start.Length;
        this.depth = depth;
        (points, residuals, basis) = (new double[depth * d], new double[depth * d], new double[depth * d]);
        (oldPoint, oldResidual, gamma, triangle, used) = (new double[d], new double[d], new double[depth], new double[depth * depth],
         new int[depth]);
    }

    /// <inheritdoc/>
    public override int MapsOfStep => 2;

    /// <inheritdoc/>
    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<double>("point differences", points);
        visitor.Buffer<double>("residual differences", residuals);
        visitor.Number("kept", ref kept);
        visitor.Number("next", ref next);
    }

    private protected override void Advance()
    {
        int d = oldPoint.Length;
        Point.CopyTo(oldPoint);
        for (int i = 0; i < d; i++) oldResidual[i] = Image[i] - Point[i];
        int columns = Solve();
        Image.CopyTo(Candidate);
        for (int c = 0; c < columns; c++)
        {
            for (int i = 0, at = used[c] * d; i < d; i++, at++) Candidate[i] -= gamma[c] * (points[at] + residuals[at]);
        }
        if (columns == 0)
        {
            if (!TakePlain()) return;
        }
        else if (!TryCandidate(2))
        {
            kept = 0;
            if (!TakePlain()) return;
        }
        Remember();
    }

    // Orthogonalises the differences, newest first, leaving out those that depend on newer ones; γ by back substitution.
    int Solve()
    {
        int d = oldPoint.Length, columns = 0;
        for (int age = 1; age <= kept; age++)
        {
            int slot = (int)((next - age + depth) % depth);
            Span<double> q = basis.AsSpan(columns * d, d);
            residuals.AsSpan(slot * d, d).CopyTo(q);
            double whole = Vectors.Norm<double>(q);
            for (int c = 0; c < columns; c++)
            {
                double r = Vectors.Dot<double>(basis.AsSpan(c * d, d), q);
                triangle[(c * depth) + columns] = r;
                Vectors.AddScaled<double>(-r, basis.AsSpan(c * d, d), q);
            }
            double norm = Vectors.Norm<double>(q);
            if (!(norm > 1e-8 * whole)) continue;
            Vectors.Scale(1 / norm, q);
            triangle[(columns * depth) + columns] = norm;
            gamma[columns] = Vectors.Dot<double>(q, oldResidual);
            used[columns++] = slot;
        }
        for (int c = columns - 1; c >= 0; c--)
        {
            for (int e = c + 1; e < columns; e++) gamma[c] -= triangle[(c * depth) + e] * gamma[e];
            gamma[c] /= triangle[(c * depth) + c];
        }
        return columns;
    }

    void Remember()
    {
        int d = oldPoint.Length;
        for (int i = 0, at = (int)next * d; i < d; i++, at++)
        {
            points[at] = Point[i] - oldPoint[i];
            residuals[at] = Image[i] - Point[i] - oldResidual[i];
        }
        next = (next + 1) % depth;
        kept = Math.Min(kept + 1, depth);
    }
}
