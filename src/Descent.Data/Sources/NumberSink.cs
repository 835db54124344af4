namespace Descent.Data;

/// <summary>Takes finite numbers in the order of the input.</summary>
/// <param name="numbers">The next ones; valid during the call alone.</param>
/// <returns>Whether more are wanted.</returns>
public delegate bool NumberSink(ReadOnlySpan<double> numbers);
