namespace Descent.Testing;

/// <summary>A function whose global minimum is known to be 0.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Function">The function.</param>
/// <param name="HalfWidth">Its usual box is [−HalfWidth, HalfWidth] in every coordinate.</param>
/// <param name="Minimiser">Coordinates of a global minimiser, repeated as often as the dimension needs.</param>
public sealed record TestLandscape(string Name, Landscape Function, double HalfWidth, params double[] Minimiser)
{
    /// <summary>A global minimiser in d dimensions.</summary>
    public double[] MinimiserIn(int d) => [.. Enumerable.Range(0, d).Select(i => Minimiser[i % Minimiser.Length])];
}
