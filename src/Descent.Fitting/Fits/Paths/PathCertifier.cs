using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// Certificates along a path: what the point proves by itself, which costs three gradients, and the thorough one only where that leaves
/// something open. A look never asks for more, and what was proved at a look is not proved again at the end.
/// </summary>
sealed class PathCertifier(ICertifier<double> inner) : ICertifier<double>
{
    // Of F: far below what a loss on held-out rows can tell apart.
    const double Enough = 1e-9;
    double[] seen = [];
    Certificate? last;

    public bool ThoroughIsCheap => false;

    public double Foresee(ReadOnlySpan<double> gradient) => inner.Foresee(gradient);

    public Certificate Certify(ReadOnlySpan<double> point, ReadOnlySpan<double> dual, bool thorough)
    {
        if (last is null || !point.SequenceEqual(seen)) (seen, last) = (point.ToArray(), inner.Certify(point, dual, false));
        if (thorough && !(last.RelativeGap <= Enough)) last = inner.Certify(point, dual, true);
        return last;
    }
}
