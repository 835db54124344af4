namespace Descent;

/// <summary>A function to be minimised over a box: finite, infinite (a point that is refused) or NaN (taken as infinite).</summary>
/// <param name="x">The point, d numbers.</param>
public delegate double Landscape(ReadOnlySpan<double> x);
