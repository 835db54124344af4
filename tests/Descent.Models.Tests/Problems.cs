using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Models.Tests;

/// <summary>Random problems of every model, dense and sparse.</summary>
static class Problems
{
    public static readonly string[] Models = ["linear", "logistic", "softmax", "poisson", "huber", "absolute", "quantile", "hinge"];

    /// <summary>Losses of which the certificates know no more than their members, and shares of trials.</summary>
    public static readonly string[] Curves = ["gamma", "negative-binomial", "tweedie", "cloglog", "probit", "shares"];

    public static (double[] X, double[] Y) Data(string model, int n, int d, ulong seed)
    {
        Draws draws = new(seed);
        double[] x = new double[n * d], y = new double[n];
        for (int i = 0; i < x.Length; i++) x[i] = draws.NextDouble() < 0.4 ? 0 : draws.NextNormal();
        double[] truth = [.. Enumerable.Range(0, d).Select(_ => 0.5 * draws.NextNormal())];
        for (int i = 0; i < n; i++)
        {
            double z = Vectors.Dot<double>(x.AsSpan(i * d, d), truth) + 0.3;
            y[i] = model switch
            {
                "logistic" or "hinge" => draws.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0,
                "softmax" => draws.NextIndex(3),
                "poisson" => Count(draws, Math.Exp(z)),
                _ => z + draws.NextNormal(),
            };
        }
        return (x, y);
    }

    public static EmpiricalRisk<double> Dense(string model, double[] x, double[] y, RiskOptions options) =>
        Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, y.Length, x.Length / y.Length), y,
            options, Parameter(model), 3);

    public static EmpiricalRisk<double> Sparse(string model, double[] x, double[] y, RiskOptions options) =>
        Risk.Of<double, CsrRows<double>>(Enum.Parse<LossKind>(model, true), ToSparse(x, y.Length), y, options, Parameter(model), 3);

    public static CsrRows<double> ToSparse(double[] x, int n)
    {
        int d = x.Length / n;
        List<int> indices = [];
        List<double> values = [];
        long[] starts = new long[n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                if (x[(i * d) + j] == 0) continue;
                indices.Add(j);
                values.Add(x[(i * d) + j]);
            }
            starts[i + 1] = indices.Count;
        }
        return new CsrRows<double>(starts, [.. indices], [.. values], d);
    }

    static double Parameter(string model) => model == "quantile" ? 0.3 : 0.8;

    static double Count(Draws draws, double mean)
    {
        double limit = Math.Exp(-mean), product = draws.NextDouble();
        int k = 0;
        while (product > limit)
        {
            product *= draws.NextDouble();
            k++;
        }
        return k;
    }
}
