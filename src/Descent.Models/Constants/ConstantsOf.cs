using Descent.Models.Linear;

namespace Descent.Models.Constants;

/// <summary>Derives the constants of an empirical risk from its data.</summary>
public static class ConstantsOf
{
    /// <summary>
    /// H by power iteration on <c>XᵀΩX</c> times the loss's curvature, and by the largest row norm for single examples. Cost: about
    /// <paramref name="passes"/> passes over the data.
    /// </summary>
    public static ProblemConstants Risk<T>(EmpiricalRisk<T> risk, int passes = 12)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(risk);
        double top = 0;
        for (int i = 0; i < risk.Count; i++) top = Math.Max(top, risk.SquaredRowNorm(i) * risk.WeightOf(i) * risk.Count);
        double least = double.PositiveInfinity, most = 0;
        foreach (double l in risk.Ridge)
        {
            least = Math.Min(least, l);
            most = Math.Max(most, l);
        }
        double curvature = risk.LossSmoothness;
        string origin = "power iteration on the rows times the curvature of the loss";
        if (!double.IsFinite(curvature))
        {
            curvature = Substitute(risk);
            origin = risk.Name == "poisson"
                ? "estimate: no global bound exists for the Poisson loss; fitted means up to the largest count are assumed"
                : "substitute: the loss has kinks; the largest squared row norm sets the scale of the steps";
        }
        double operatorNorm = risk.LossSmoothness < double.PositiveInfinity || risk.Name == "poisson" ? PowerIteration(risk, passes) : top;
        // Power iteration comes from below; 5 % on top and the trace bound above make it safe in practice.
        double h = Math.Min(1.05 * operatorNorm, top);
        return new ProblemConstants((curvature * h) + most, (curvature * top) + most, least, origin);
    }

    static double Substitute<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (risk.Name != "poisson") return 1;
        double top = 1;
        foreach (double y in risk.Labels.Span) top = Math.Max(top, y);
        return top;
    }

    static double PowerIteration<T>(EmpiricalRisk<T> risk, int passes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = risk.Dimension, n = risk.Count, k = risk.Outputs;
        double[] v = new double[d], z = new double[n * k];
        Draws draws = new(1, 77);
        for (int j = 0; j < d; j++) v[j] = draws.NextNormal();
        double norm = 0;
        for (int pass = 0; pass < passes; pass++)
        {
            double length = Vectors.Norm<double>(v);
            if (length == 0) return 0;
            Vectors.Scale(1 / length, v.AsSpan());
            risk.Margins(v, z);
            risk.Adjoint(z, v);
            double next = Vectors.Norm<double>(v);
            if (pass > 3 && Math.Abs(next - norm) <= 1e-4 * next) return next;
            norm = next;
        }
        return norm;
    }
}
