using Descent.Estimating;
using Xunit;

namespace Descent.Fitting.Tests;

public class EstimateTests
{
    [Fact]
    public void AStreamAndASpanGiveTheSameBits()
    {
        double[] x = [.. Enumerable.Range(0, 30_000).Select(i => i * 7_919 % 30_011 / 30_011.0)];
        IReadOnlyList<QuantileEstimate> stream = Estimate.Quantiles(x.Select(v => v), [0.25, 0.5, 0.9]),
            span = Estimate.Quantiles(x.AsSpan(), [0.25, 0.5, 0.9]);
        Assert.Equal(stream, span);
        Assert.All(stream, q => Assert.InRange(q.Estimate - q.Tau, -0.02, 0.02));
        Assert.Equal(stream[1], Estimate.Median(x));
    }

    [Fact]
    public void NoNumbersAndNoProbabilitiesAreSaid()
    {
        Assert.Contains("no numbers", Assert.Throws<FitException>(() => Estimate.Median([])).Message, StringComparison.Ordinal);
        Assert.Contains("No quantile", Assert.Throws<FitException>(() => Estimate.Quantiles([1.0], [])).Message, StringComparison.Ordinal);
    }
}
