namespace Descent.Models.Certificates;

/// <summary>Whether one column of the design is a combination of others, decided without rounding.</summary>
static class Dependence
{
    const int LargestDenominator = 64;
    const double Negligible = 1e-12;

    /// <summary>
    /// True when <c>q x_j = Σ p_k x_k</c> holds exactly in every row that counts, with p_k/q near the <paramref name="guess"/>:
    /// integers over a small common denominator, or doubles with one of the columns as the unit.
    /// </summary>
    public static bool IsExact(ExactRisk risk, ReadOnlySpan<bool> masked, int column, IReadOnlyList<int> others,
        ReadOnlySpan<DoubleDouble> guess)
    {
        double[] coefficients = new double[risk.Dimension];
        for (int q = 1; q <= LargestDenominator; q++)
        {
            if (!Whole(q, others, guess, coefficients)) continue;
            coefficients[column] = q;
            if (Vanishes(risk, masked, coefficients)) return true;
            break;
        }
        for (int unit = -1; unit < others.Count; unit++)
        {
            DoubleDouble size = unit < 0 ? 1 : guess[unit];
            if (Math.Abs(size.Hi) < Negligible) continue;
            for (int k = 0; k < others.Count; k++)
                coefficients[others[k]] = Math.Abs(guess[k].Hi) < Negligible ? 0 : -(double)(guess[k] / size);
            coefficients[column] = (double)((DoubleDouble)1 / size);
            if (Vanishes(risk, masked, coefficients)) return true;
        }
        return false;
    }

    static bool Whole(int q, IReadOnlyList<int> others, ReadOnlySpan<DoubleDouble> guess, double[] coefficients)
    {
        for (int k = 0; k < others.Count; k++)
        {
            double exact = q * (double)guess[k], p = Math.Round(exact);
            if (Math.Abs(exact - p) > 1e-7 || Math.Abs(p) >= 1e15) return false;
            coefficients[others[k]] = -p;
        }
        return true;
    }

    /// <summary>The largest <c>|x_j − Σ c_k x_k|</c> in any row that counts, for the coefficients given.</summary>
    public static double Remainder(ExactRisk risk, ReadOnlySpan<bool> masked, int column, IReadOnlyList<int> others,
        ReadOnlySpan<DoubleDouble> guess)
    {
        double[] coefficients = new double[risk.Dimension];
        for (int k = 0; k < others.Count; k++) coefficients[others[k]] = -(double)guess[k];
        coefficients[column] = 1;
        double largest = double.Epsilon;
        for (int r = 0; r < risk.Rows; r++)
        {
            if (masked[r]) continue;
            DoubleDouble sum = 0;
            ReadOnlySpan<int> parameters = risk.ParametersOf(r);
            ReadOnlySpan<double> values = risk.ValuesOf(r);
            for (int e = 0; e < parameters.Length; e++) sum += (DoubleDouble)coefficients[parameters[e]] * values[e];
            largest = Math.Max(largest, Math.Abs(sum.Hi));
        }
        return largest;
    }

    static bool Vanishes(ExactRisk risk, ReadOnlySpan<bool> masked, double[] coefficients)
    {
        List<double> expansion = [];
        for (int r = 0; r < risk.Rows; r++)
        {
            if (masked[r]) continue;
            expansion.Clear();
            ReadOnlySpan<int> parameters = risk.ParametersOf(r);
            ReadOnlySpan<double> values = risk.ValuesOf(r);
            for (int e = 0; e < parameters.Length; e++)
            {
                double c = coefficients[parameters[e]];
                if (c == 0) continue;
                double product = c * values[e];
                // Below this the error of a product need not be a double.
                if (!(Math.Abs(product) > 1e-250) || !double.IsFinite(product)) return false;
                Grow(expansion, Math.FusedMultiplyAdd(c, values[e], -product));
                Grow(expansion, product);
            }
            foreach (double part in expansion)
                if (part != 0) return false;
        }
        return true;
    }

    // Shewchuk's expansions: the sum of the parts stays exact, whatever is added.
    static void Grow(List<double> expansion, double x)
    {
        for (int k = 0; k < expansion.Count; k++)
        {
            x = DoubleDouble.Sum(x, expansion[k], out double error);
            expansion[k] = error;
        }
        expansion.Add(x);
        expansion.RemoveAll(part => part == 0);
    }
}
