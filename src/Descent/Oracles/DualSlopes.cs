namespace Descent.Oracles;

/// <summary>Dual slopes along single variables, those that lead out of a variable's interval
/// taken as 0: what dual coordinate ascent knows of how far it is from the end.</summary>
/// <param name="Below">A variable at its lower end whose slope is below this is set aside.</param>
/// <param name="Above">A variable at its upper end whose slope is above this is set aside.</param>
/// <param name="Least">Smallest slope met in this pass.</param>
/// <param name="Most">Largest slope met in this pass.</param>
public readonly record struct DualSlopes(double Below, double Above, double Least, double Most)
{
    /// <summary>Nothing is known: nothing is set aside.</summary>
    public static DualSlopes Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity,
        double.NegativeInfinity);

    /// <summary>How far apart the slopes of this pass are; 0 at the optimum.</summary>
    public double Spread => Most - Least;

    /// <summary>The bounds for the next pass: what this one has met.</summary>
    public DualSlopes Next() =>
        Unknown with { Below = Least < 0 ? Least : double.NegativeInfinity, Above = Most > 0 ? Most : double.PositiveInfinity };

    /// <summary>These, and a slope that was met.</summary>
    public DualSlopes With(double slope) => this with { Least = Math.Min(Least, slope), Most = Math.Max(Most, slope) };
}
