namespace Descent.Expectations;

/// <summary>The function f(z) of which the expectation is taken.</summary>
/// <param name="z">A draw, length m.</param>
public delegate double Integrand(ReadOnlySpan<double> z);
