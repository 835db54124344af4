namespace Descent.Models.Losses;

/// <summary>How far margins go in a time c along <c>dz/dt = −φ′(z)</c>, with the digits of small moves kept.</summary>
static class Flows
{
    /// <summary>Of a residual r with φ = r²/2: <c>r(e^(−c) − 1)</c>.</summary>
    public static double Squared(double r, double c) => r * ElementaryFunctions.ExpMinusOne(-c);

    /// <summary>Of the logistic loss log(1 + e^(−m)): the δ ≥ 0 with <c>δ + e^m(e^δ − 1) = c</c>, by Newton steps from above, where the
    /// convex left side lets none pass the root. Karampatziakis and Langford 2011 write it by Lambert's function.</summary>
    public static double Logistic(double m, double c)
    {
        double grown = Math.Exp(m), delta = Math.Min(c, ElementaryFunctions.LogOnePlus(c / grown));
        // Forty steps are more than the quadratic end and the few halvings before it take.
        for (int k = 0; k < 40 && delta > 0; k++)
        {
            double rise = ElementaryFunctions.ExpMinusOne(delta),
                next = delta - ((delta + (grown * rise) - c) / (1 + (grown * (1 + rise))));
            if (!(next < delta)) break;
            delta = next;
        }
        return delta;
    }
}
