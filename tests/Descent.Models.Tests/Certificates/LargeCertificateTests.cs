using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

// Large data without a penalty, certified in double precision. The truth is the double-double solver's bracket of inf F (tests of its own
// hold it against 512 digits), which shares no step with the bound under test but the losses.
public class LargeCertificateTests
{
    const int Rows = 12_000, Columns = 42;

    public static TheoryData<string, double> Cases =>
        new() { { "linear", 0 }, { "huber", 0 }, { "poisson", 0 }, { "logistic", 0 }, { "linear", 1e4 }, { "logistic", 30 } };

    static (EmpiricalRisk<double> Risk, double[] Best) Problem(string model, double offset, bool intercept)
    {
        var (x, y) = Problems.Data(model, Rows, Columns, 7);
        for (int i = 0; i < x.Length; i += Columns) x[i] += offset;
        double[] weights = [.. y.Select((_, i) => 0.5 + (i % 3))];
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { Intercept = intercept, Weights = weights });
        RunOptions<double> options = new() { Start = new double[risk.Dimension], MaxSteps = 60 };
        return (risk, new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton(), options).Point);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bounds_lie_below_the_infimum_and_close_to_it(string model, double offset)
    {
        (EmpiricalRisk<double> risk, double[] best) = Problem(model, offset, true);
        Certificate exact = new RiskCertifier<double>(risk, enough: 0).Certify(best, default, true),
            large = new RiskCertifier<double>(risk).Certify(best, default, true);
        Assert.Contains("double-double", new RiskCertifier<double>(risk, enough: 0).Certify(Moved(best, 0.01), default, true).Sentence,
            StringComparison.Ordinal);
        Assert.Contains("corrected by a Hessian", large.Sentence, StringComparison.Ordinal);
        Assert.True(large.RelativeGap <= 1e-10, $"{large.Gap}");
        Assert.True(large.LowerBound <= exact.Value, $"{large.LowerBound:R} above {exact.Value:R}");
    }

    // Away from the optimum the correction is what the bound is made of: without it, or with a part of it, the bound would lie above the
    // infimum.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Away_from_the_optimum_the_correction_is_paid_for(string model, double offset)
    {
        (EmpiricalRisk<double> risk, double[] best) = Problem(model, offset, false);
        double infimum = new RiskCertifier<double>(risk, enough: 0).Certify(best, default, true).Value;
        foreach (double distance in (double[])[1e-8, 1e-6, 1e-5, 1e-4])
        {
            // An unreachable demand on the steps of the exact solver is not needed: any gap is enough here.
            Certificate c = new RiskCertifier<double>(risk, enough: double.MaxValue).Certify(Moved(best, distance), default, true);
            Assert.True(c.LowerBound <= infimum, $"{model} at {distance}: {c.LowerBound:R} above {infimum:R}");
            if (!double.IsNegativeInfinity(c.LowerBound) && c.Sentence.Contains("corrected", StringComparison.Ordinal))
                Assert.True(c.Gap <= (1e4 * (c.Value - infimum)) + (1e-9 * Math.Abs(c.Value)),
                    $"{model} at {distance}: {c.Gap} for {c.Value - infimum}");
        }
    }

    [Fact]
    public void An_infimum_that_is_attained_is_seen_and_one_that_is_not_is_not()
    {
        foreach (string model in (string[])["logistic", "poisson"])
        {
            (EmpiricalRisk<double> risk, double[] best) = Problem(model, 0, true);
            Assert.True(new RiskCertifier<double>(risk).Certify(best, default, true).IsAttained, model);
            Assert.True(new RiskCertifier<double>(risk, enough: 0).Certify(best, default, true).IsAttained, model);
        }
    }

    // A column that is 1 only where all labels are 0: its estimate is −∞.
    [Theory]
    [InlineData("logistic")]
    [InlineData("poisson")]
    public void A_level_without_events_is_not_attained(string model)
    {
        var (x, y) = Problems.Data(model, Rows, Columns, 7);
        for (int i = 0; i < Rows; i++)
        {
            x[i * Columns] = i % 50 == 0 ? 1 : 0;
            if (i % 50 == 0) y[i] = 0;
        }
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { Intercept = true });
        RunOptions<double> options = new() { Start = new double[risk.Dimension], MaxSteps = 60 };
        double[] end = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton(), options).Point;
        foreach (double enough in (double[])[0, 1e-10, double.MaxValue])
            Assert.False(new RiskCertifier<double>(risk, enough: enough).Certify(end, default, true).IsAttained, $"{model}, {enough}");
    }

    // Two columns that differ by a thousandth, or not at all, and a point off along their difference: v is small there and its gap is not,
    // by the smallest eigenvalue.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(0)]
    public void Directions_of_little_curvature_are_paid_for(double difference)
    {
        var (x, y) = Problems.Data("linear", Rows, Columns, 7);
        Draws draws = new(5, 5);
        for (int i = 0; i < x.Length; i += Columns) x[i + 1] = x[i] + (difference * draws.NextNormal());
        EmpiricalRisk<double> risk = Problems.Dense("linear", x, y, new RiskOptions { Intercept = true });
        RunOptions<double> options = new() { Start = new double[risk.Dimension], MaxSteps = 60 };
        double[] w = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton(), options).Point;
        double infimum = new RiskCertifier<double>(risk, enough: 0).Certify(w, default, true).Value;
        (w[0], w[1]) = (w[0] + 1, w[1] - 1);
        Certificate c = new RiskCertifier<double>(risk, enough: double.MaxValue).Certify(w, default, true);
        Assert.Equal(difference > 0, c.Sentence.Contains("corrected by a Hessian", StringComparison.Ordinal));
        Assert.True(c.LowerBound <= infimum, $"{c.LowerBound:R} above {infimum:R}");
    }

    static double[] Moved(double[] best, double distance)
    {
        Draws draws = new(3, 9);
        return [.. best.Select(b => b + (distance * draws.NextNormal()))];
    }
}
