namespace Descent.Models.Certificates;

/// <summary>Bounds of rounding in double precision.</summary>
static class Rounding
{
    /// <summary>2⁻⁵², twice the unit roundoff.</summary>
    public const double Unit = 2.220446049250313e-16;

    /// <summary>A bound on γ_k = ku/(1 − ku), for sums of k products in any order, with a factor of two to spare.</summary>
    public static double Gamma(double k) => k * Unit;
}
