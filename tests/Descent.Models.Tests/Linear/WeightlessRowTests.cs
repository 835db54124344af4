using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Runs;
using Descent.StepSizes;

namespace Descent.Models.Tests.Linear;

/// <summary>A row that weighs nothing counts for nothing, also where its loss and its slope overflow. The truth is the objective without
/// the row.</summary>
public class WeightlessRowTests
{
    static readonly double[] X = [0.5, -1, 2000, 1, 0.25, -0.5], Y = [1, 0, 1, 1, 0, 1], Weights = [2, 1, 0, 0.5, 1, 3];
    static readonly double[] Point = [0.7, -0.2];

    static EmpiricalRisk<double> With(string model) => Of(model, X, Y, Weights);

    static EmpiricalRisk<double> Without(string model) => Of(model, Less(X), Less(Y), Less(Weights));

    static double[] Less(double[] of) => [.. of.Where((_, i) => i != 2)];

    static EmpiricalRisk<double> Of(string model, double[] x, double[] y, double[] weights)
    {
        DenseRows<double> rows = new(x, y.Length, 1);
        RiskOptions options = new() { Weights = weights };
        return model switch
        {
            "cloglog" => Risk.Of<double, DenseRows<double>, ComplementaryLogLogLoss>(rows, y, new(), options),
            "tweedie" => Risk.Of<double, DenseRows<double>, TweedieLoss>(rows, y, new(1.5), options),
            "probit" => Risk.Of<double, DenseRows<double>, ProbitLoss>(rows, y, new(), options),
            "poisson" => Risk.Of<double, DenseRows<double>, PoissonLoss>(rows, y, new(), options),
            _ => Risk.Of<double, DenseRows<double>, LogisticLoss>(rows, y, new(), options),
        };
    }

    public static TheoryData<string> Models => ["poisson", "cloglog", "tweedie", "probit", "logistic"];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_objective_is_that_without_it(string model)
    {
        EmpiricalRisk<double> with = With(model), without = Without(model);
        double[] g = new double[2], h = new double[2], hv = new double[2], hw = new double[2];
        Assert.Equal(without.Gradient(Point, g), with.Gradient(Point, h), 14);
        Assert.Equal(g, h, Near);
        Assert.Equal(without.Value(Point), with.Value(Point), 14);
        without.HessianProduct(Point, [1.0, -2], hv);
        with.HessianProduct(Point, [1.0, -2], hw);
        Assert.Equal(hv, hw, Near);
        double[] gram = new double[4], other = new double[4];
        without.Curvature(Point, g, gram);
        with.Curvature(Point, h, other);
        Assert.Equal(gram, other, Near);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_certificate_is_that_without_it(string model)
    {
        Certificate with = new RiskCertifier<double>(With(model)).Certify(Point, default, true),
            without = new RiskCertifier<double>(Without(model)).Certify(Point, default, true);
        Assert.Equal(without.Kind, with.Kind);
        Assert.Equal(without.Value, with.Value, 14);
        Assert.InRange(with.Gap, 0.99 * without.Gap, 1.01 * without.Gap);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Steps_on_it_leave_the_point_finite(string model)
    {
        var run = Descent.Methods.Sgd(new Constant(0.01)).Start(With(model), Point, new Draws(1));
        for (int t = 1; t <= 24; t++) run.Advance(t);
        Assert.All(run.Point.ToArray(), w => Assert.InRange(w, -10, 10));
    }

    static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-13 * (1 + Math.Abs(a));
}
