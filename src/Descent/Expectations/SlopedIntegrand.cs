namespace Descent.Expectations;

/// <summary>f(z), whose slope ∂f/∂z is written beside.</summary>
/// <param name="z">A draw, length m.</param>
/// <param name="slope">Receives ∂f/∂z, length m.</param>
public delegate double SlopedIntegrand(ReadOnlySpan<double> z, Span<double> slope);
