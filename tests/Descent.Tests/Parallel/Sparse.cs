using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Tests.Parallel;

/// <summary>Sparse logistic problems of a fixed recipe.</summary>
static class Sparse
{
    public static LinearRisk<double, CsrRows<double>, LogisticLoss> Logistic(int n, int d, double l2, bool intercept = true)
    {
        Draws draws = new(41);
        double[] truth = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())], y = new double[n];
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++)
        {
            x[i] = new double[d];
            double z = 0;
            for (int k = 0; k < 6; k++)
            {
                int j = (int)(d * Math.Pow(draws.NextDouble(), 3));
                x[i][j] = draws.NextNormal();
            }
            for (int j = 0; j < d; j++) z += truth[j] * x[i][j];
            y[i] = draws.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }
        return Risk.Of<double, CsrRows<double>, LogisticLoss>(Recursions.Plain.Csr(x, d), y, default,
            new RiskOptions { L2 = l2, Intercept = intercept });
    }
}
