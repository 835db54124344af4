namespace Descent.Models.Tests.Certificates;

/// <summary>Random problems that are hard on floating point, each from its number alone.</summary>
static class HardProblems
{
    public static readonly string[] Features = ["plain", "scaled", "zero", "constant", "duplicate", "near", "offset", "stamps", "mixed",
        "binary", "wide", "separable", "tiny weights", "moved"];
    public static readonly string[] Penalties = ["none", "l1", "l2", "both"];

    public static HardProblem Make(string model, string penalty, string feature, ulong seed)
    {
        Draws draws = new(seed, 77);
        int d = 1 + draws.NextIndex(6), n = 2 + draws.NextIndex(26);
        if (feature is "duplicate" or "near") d = Math.Max(d, 2);
        if (feature == "wide") (n, d) = (2 + draws.NextIndex(4), 7);
        if (feature == "offset") n += 3;
        double[] core = new double[n * d];
        for (int i = 0; i < core.Length; i++) core[i] = feature == "binary" ? draws.NextIndex(2) : draws.NextNormal();
        double[] truth = [.. Enumerable.Range(0, d).Select(_ => 1.2 * draws.NextNormal())];
        double noise = draws.NextIndex(4) == 0 ? 1e-4 : 1;
        double[] y = new double[n];
        for (int i = 0; i < n; i++) y[i] = Label(model, feature, Vectors.Dot<double>(core.AsSpan(i * d, d), truth) + 0.2, noise, draws);
        double[] x = Dress(core, n, d, feature, draws);
        double[]? weights = draws.NextIndex(2) == 0 ? null : [.. Enumerable.Range(0, n).Select(_ => 0.2 + (2 * draws.NextDouble()))];
        if (feature == "tiny weights")
            weights = [.. Enumerable.Range(0, n)
                .Select(i => i % 3 == 0 ? 0 : Math.Pow(10, -(draws.NextIndex(2) * 305) - draws.NextIndex(14)))];
        if (weights is not null && weights.All(a => a == 0)) weights[0] = 1e-310;
        double l2 = penalty is "l2" or "both" ? Math.Pow(10, 1 - (9 * draws.NextDouble())) : 0,
            l1 = penalty is "l1" or "both" ? Math.Pow(10, -0.5 - (3 * draws.NextDouble())) : 0;
        bool intercept = draws.NextIndex(2) == 0, penalised = intercept && draws.NextIndex(4) == 0;
        double parameter = model == "huber" ? 0.1 + draws.NextDouble() : model == "tweedie" ? 1.05 + (0.9 * draws.NextDouble())
            : 0.05 + (0.9 * draws.NextDouble());
        double reach = Math.Pow(10, 3 * draws.NextDouble() - 1.5);
        double[]? offsets = feature != "moved" || model == "softmax" ? null
            : [.. Enumerable.Range(0, n).Select(_ => Math.Clamp(reach * draws.NextNormal(), -30, 30))];
        return new HardProblem(model, x, y, weights, l2, l1, intercept, penalised, parameter, feature) { Offsets = offsets };
    }

    static double Label(string model, string feature, double z, double noise, Draws draws) => model switch
    {
        "logistic" or "hinge" => feature == "separable" ? (z > 0 ? 1 : 0) : draws.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0,
        "softmax" => feature == "separable" ? (z > 0.5 ? 2 : z < -0.5 ? 0 : 1) : draws.NextIndex(3),
        "cloglog" or "probit" or "shares" => draws.NextIndex(3) switch { 0 => draws.NextIndex(6) / 5.0, _ => draws.NextIndex(2) },
        "gamma" => Math.Exp(Math.Clamp(z, -3, 3)) * -Math.Log(draws.NextDouble()),
        "tweedie" => draws.NextIndex(3) == 0 ? 0 : Math.Exp(Math.Clamp(z, -3, 3)) * -Math.Log(draws.NextDouble()),
        "negative-binomial" => Math.Floor(Math.Exp(Math.Min(z, 3)) * -2 * Math.Log(draws.NextDouble())),
        "poisson" => feature == "separable" && z < 0 ? 0 : Math.Floor(Math.Exp(Math.Min(z, 3)) * 2 * draws.NextDouble()),
        _ => z + (noise * draws.NextNormal()),
    };

    static double[] Dress(double[] core, int n, int d, string feature, Draws draws)
    {
        double[] x = (double[])core.Clone();
        double gap = Math.Pow(10, -3 - (10 * draws.NextDouble())), place = Math.Pow(10, 2 + (4 * draws.NextDouble())),
            stamp = Math.Pow(10, 7 + (6 * draws.NextDouble()));
        for (int j = 0; j < d; j++)
        {
            string kind = feature == "mixed"
                ? (string[])["plain", "scaled", "offset", "stamps", "binary"] is var all ? all[draws.NextIndex(5)] : ""
                : feature;
            double scale = Math.Pow(10, (16 * draws.NextDouble()) - 8), spread = stamp * Math.Pow(10, -6 * draws.NextDouble());
            for (int i = 0; i < n; i++)
            {
                ref double v = ref x[(i * d) + j];
                v = kind switch
                {
                    "scaled" => scale * v,
                    "zero" when j == d - 1 => 0,
                    "constant" when j == d - 1 => 7.3,
                    "duplicate" when j == 1 => -2 * x[i * d],
                    "duplicate" when j == 2 => x[i * d],
                    "near" when j == 1 => x[i * d] * (1 + (gap * v)),
                    "offset" => place + v,
                    "stamps" when j == 0 => Math.Floor(stamp + (spread * v)),
                    "binary" => v > 0 ? 1 : 0,
                    _ => v,
                };
            }
        }
        return x;
    }
}
