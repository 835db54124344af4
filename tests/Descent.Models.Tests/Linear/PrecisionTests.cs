using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Models.Tests.Linear;

public class PrecisionTests
{
    static LinearRisk<float, CsrRows<float>, LogisticLoss> Single(double[] x, double[] y)
    {
        CsrRows<double> wide = Problems.ToSparse(x, y.Length);
        List<float> values = [];
        List<int> indices = [];
        long[] starts = new long[y.Length + 1];
        for (int i = 0; i < y.Length; i++)
        {
            indices.AddRange(wide.IndicesOf(i));
            foreach (double v in wide.ValuesOf(i)) values.Add((float)v);
            starts[i + 1] = indices.Count;
        }
        return Risk.Of<float, CsrRows<float>, LogisticLoss>(new CsrRows<float>(starts, [.. indices], [.. values], wide.Columns), y, default,
            new RiskOptions { L2 = 0.01 });
    }

    [Fact]
    public void Single_precision_repeats_its_bits_and_stays_near_double()
    {
        var (x, y) = Problems.Data("logistic", 200, 4, 51);
        foreach (int batch in new[] { 1, 8 })
        {
            StochasticMethod method = Methods.Sgd(new Power(0.2), new Sampling(SampleOrder.Shuffle, batch));
            float[] Run()
            {
                Iteration<float> run = method.Start(Single(x, y), new float[5], new Draws(3));
                run.Advance(1000);
                return run.Point.ToArray();
            }
            float[] first = Run();
            Assert.Equal(first, Run());
            Iteration<double> exact = method.Start(Problems.Sparse("logistic", x, y, new RiskOptions { L2 = 0.01 }), new double[5],
                new Draws(3));
            exact.Advance(1000);
            for (int j = 0; j < 5; j++) Assert.Equal(exact.Point[j], first[j], 2e-5);
        }
    }

    [Fact]
    public void Certificates_of_single_precision_iterates_are_computed_in_double()
    {
        var (x, y) = Problems.Data("logistic", 200, 4, 52);
        LinearRisk<float, CsrRows<float>, LogisticLoss> risk = Single(x, y);
        Iteration<float> run = Methods.LBfgs().Start(risk, new float[5], new Draws(1));
        run.Advance(60);
        Runs.Certificate c = new Descent.Models.Certificates.RiskCertifier<float>(risk).Certify(run.Point, default, true);
        Assert.InRange(c.Gap, 0, 1e-9);
    }
}
