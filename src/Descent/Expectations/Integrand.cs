namespace Descent.Expectations;

/// <summary>f(z).</summary>
/// <param name="z">A draw, length m.</param>
public delegate double Integrand(ReadOnlySpan<double> z);
