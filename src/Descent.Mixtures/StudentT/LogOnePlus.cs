namespace Descent.Mixtures.StudentT;

/// <summary>
/// log(1 + x) to the last digits, also for small x: the rounding of u = 1 + x is taken out by x/(u − 1), which double.LogP1 does not do.
/// With ν = 10⁵ its error, multiplied by ν/2, would be larger than what a step gains. Source: Higham (2002), 1.14.1.
/// </summary>
static class LogOnePlus
{
    public static double Of(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }
}
