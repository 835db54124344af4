namespace Descent.Reports.Charts;

/// <summary>Points to be drawn together.</summary>
/// <param name="Name">Name in the legend; empty for none.</param>
/// <param name="X">Abscissas.</param>
/// <param name="Y">Ordinates; NaN and values that a log axis cannot show break the line and are marked at the edge.</param>
/// <param name="Mark">How the points are drawn.</param>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, Mark Mark = Mark.Line)
{
    /// <summary>Lower ends of vertical or horizontal ranges, for <see cref="Mark.Range"/>.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper ends of ranges.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Colour number in the palette; −1 for the next one.</summary>
    public int Colour { get; init; } = -1;
}
