using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// Certificates along a path: what the point proves by itself, which costs three gradients, and the thorough one only where that leaves
/// something open. A look never asks for more.
/// </summary>
sealed class PathCertifier(ICertifier<double> inner) : ICertifier<double>
{
    // Of F: far below what a loss on held-out rows can tell apart.
    const double Enough = 1e-9;

    public bool ThoroughIsCheap => false;

    public double Foresee(ReadOnlySpan<double> gradient) => inner.Foresee(gradient);

    public Certificate Certify(ReadOnlySpan<double> point, ReadOnlySpan<double> dual, bool thorough)
    {
        Certificate found = inner.Certify(point, dual, false);
        return thorough && !(found.RelativeGap <= Enough) ? inner.Certify(point, dual, true) : found;
    }
}
