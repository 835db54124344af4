using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Oracles;

namespace Descent.Models.Tests.Constants;

public class GradientNoiseTests
{
    [Fact]
    public void Batch_gradients_have_the_covariance_divided_by_the_batch()
    {
        var (x, y) = Problems.Data("logistic", 60, 2, 41);
        EmpiricalRisk<double> risk = Problems.Dense("logistic", x, y, new RiskOptions());
        double[] w = [0.3, -0.4, 0.1], mean = new double[3], g = new double[3];
        double trace = GradientNoise.Trace(risk, w);
        double[] sigma = GradientNoise.Covariance(risk, w);
        Assert.Equal(trace, sigma[0] + sigma[4] + sigma[8], 1e-13);
        Assert.Equal(trace * 60 / 59, GradientNoise.Trace(risk, w, unbiased: true), 1e-13);
        risk.Gradient(w, mean);
        foreach (SampleOrder order in new[] { SampleOrder.Replacement, SampleOrder.Shuffle })
        {
            SampleStream stream = new(new Sampling(order, 6), 60, new Draws(2));
            double sum = 0;
            for (int k = 0; k < 20_000; k++)
            {
                risk.Gradient(w, stream.Next(), g);
                for (int j = 0; j < 3; j++) sum += (g[j] - mean[j]) * (g[j] - mean[j]);
            }
            // Without replacement: times (n − B)/(n − 1) (C proposition 7.1).
            double theory = trace / 6 * (order == SampleOrder.Shuffle ? 54.0 / 59 : 1);
            Assert.InRange(sum / 20_000, 0.97 * theory, 1.03 * theory);
        }
    }
}
