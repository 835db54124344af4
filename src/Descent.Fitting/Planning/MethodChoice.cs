
namespace Descent.Fitting.Planning;

/// <summary><c>`Method = auto`</c>: which method suits a problem, and the reason in words.</summary>
static class MethodChoice
{
    /// <summary>Largest number of parameters for which a Hessian is formed.</summary>
    public const int LargestMatrix = 500;

    public static (string Method, string Why) Pick(LoadedData data, FitSpec spec, int parameters, double lambda)
    {
        double entries = data.Entries, n = data.Count;
        double matrix = data.Family.HasOutputs ? n * parameters * parameters
            : Math.Max(entries, n) * Math.Max(1, entries / n) + ((double)parameters * parameters * parameters);
        bool kinks = data.Family.HasKinks;
        if (kinks)
        {
            bool dual = spec.Model.L1 == 0 && lambda > 0 && (!spec.Model.Intercept || spec.Model.PenaliseIntercept);
            if (dual && spec.Budget.Gap >= 1e-6 && entries >= 50_000)
                return ("sdca", "the loss has kinks, every parameter is penalised and the accuracy asked is moderate, so the dual is "
                    + "maximised coordinate by coordinate, what sits at its bounds set aside");
            if (parameters <= LargestMatrix && n * parameters * 8 < 2e10)
                return ("interior-point", "the loss is piecewise linear and the parameters are few, so an interior-point method solves "
                    + "it to full precision");
            if (spec.Model.L1 == 0 && lambda > 0 && spec.Model.PenalisesAll)
                return ("sdca", "the loss has kinks, the problem is large and every parameter is penalised, so the dual can be "
                    + "maximised coordinate by coordinate");
            return ("averaged-sgd", "the loss has kinks and the problem is large, so averaged subgradient steps are what remains");
        }
        if (!data.Family.HasLinearMargins)
            return ("lbfgs", "the objective is smooth and not convex, and its parameters are many, so a quasi-Newton method with exact "
                + "gradients goes to a stationary point");
        if (data.Source == "-" && spec.Budget.Epochs is <= 1) return ("sgd", "a stream is passed over once");
        if (spec.Model.L1 > 0 && (!data.Family.HasOutputs || (parameters <= LargestMatrix && matrix <= 1e11)))
            return ("coordinate-descent", "an L1 penalty leaves few coordinates away from zero, and each is moved to its own minimum: "
                + "no step size, and what is proved to be zero costs nothing");
        if (spec.Model.L1 > 0)
            return ("fista", "an L1 penalty needs proximal steps; the accelerated, restarted form is the fastest of those here");
        if (parameters <= LargestMatrix && matrix <= 1e11)
            return ("newton", $"the loss is smooth and {parameters} parameters make a small Hessian, so a few Newton (IRLS) steps "
                + $"reach full precision");
        if (n >= 100_000 && data.Sparse is { } rows && ConditionOfExamples(data, rows, lambda) <= 3 * n)
        {
            const string Why = "the rows are many and sparse, and the penalty keeps the condition number of single examples below "
                + "three times their number, so ";
            return spec.Model.PenalisesAll
                ? ("sdca",
                    Why + "the dual is maximised coordinate by coordinate in a few epochs, each step at the cost of one row's non-zeros")
                : ("saga", Why + "variance-reduced steps converge in a few epochs, each at the cost of one row's non-zeros");
        }
        if (n >= 100_000 && entries >= 0.1 * n * data.Columns && double.IsFinite(data.Family.Smoothness) && parameters < 20_000)
            return ("svrg", "the sum has many examples, so variance-reduced steps reach the optimum in few passes");
        return ("lbfgs", "the loss is smooth and the Hessian too large to form, so a quasi-Newton method with exact gradients "
            + "converges in tens of passes");
    }

    // max Hᵢ/λ, where steps that cost the non-zeros are to be had: one output, the same λ everywhere, curvature bounded by that of the
    // loss.
    static double ConditionOfExamples(LoadedData data, CsrRows<double> rows, double lambda)
    {
        if (!(lambda > 0) || data.Weights is not null || !double.IsFinite(data.Family.Smoothness)) return double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < data.Count; i++) largest = Math.Max(largest, rows.SquaredNorm(i) + 1);
        return data.Family.Smoothness * largest / lambda;
    }
}
