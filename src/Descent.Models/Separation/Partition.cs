namespace Descent.Models.Separation;

/// <summary>A verified answer: which inequalities can be made strict, and how.</summary>
/// <param name="Separated">Whether inequality r is strict along the direction; at all others every direction of recession has
/// equality.</param>
/// <param name="Direction">A direction of recession with all of them strict; zero when there are none.</param>
/// <param name="Independent">Parameters that the remaining inequalities determine.</param>
/// <param name="Directions">A basis of the directions along which no remaining row moves.</param>
sealed record Partition(bool[] Separated, double[] Direction, int[] Independent, IReadOnlyList<double[]> Directions)
{
    public bool Any => Array.IndexOf(Separated, true) >= 0;

    public bool All => Array.IndexOf(Separated, false) < 0;
}
