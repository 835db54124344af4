using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

// A look bounds the rounding by norms of rows and the largest slopes, and sharply when its point is asked about again: the first bound has
// to be the wider one. At w = 0 all rounding is that of the
// derivatives; at w far out that of the margins counts too.
public class LookTests
{
    [Theory]
    [InlineData("logistic", 0)]
    [InlineData("logistic", 1)]
    [InlineData("hinge", 1)]
    [InlineData("huber", 1)]
    public void The_bounds_of_a_look_are_wider_than_those_of_a_second_one(string model, double size)
    {
        var (x, y) = Problems.Data(model, 400, 6, 3);
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { L2 = 0.1, PenaliseIntercept = true, Intercept = true });
        double[] w = [.. Enumerable.Range(0, risk.Dimension).Select(j => size * Math.Cos(j))];
        RiskCertifier<double> certifier = new(risk);
        Certificate look = certifier.Certify(w, default, false), again = certifier.Certify(w, default, false);
        Assert.NotEqual(CertificateKind.None, look.Kind);
        Assert.True(look.Allowance > again.Allowance && again.Allowance > 0, $"{look.Allowance} and {again.Allowance}");
        Assert.True(look.LowerBound < again.LowerBound, $"{look.LowerBound:R} and {again.LowerBound:R}");
        Assert.True(look.Allowance <= 0.03 * look.Gap, $"{look.Allowance} of {look.Gap}");
    }
}
