using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Tests.Linear;

/// <summary>A risk is an oracle for dual coordinates or interior points
/// where its loss and its penalties make it one, and nowhere else.</summary>
public class CapabilityTests
{
    static readonly double[] X = [1, 2, -1, 0.5, 0.25, -2], Y = [0, 1, 1];

    static EmpiricalRisk<double> Make(LossKind kind, RiskOptions options) =>
        Risk.Of<double, DenseRows<double>>(kind, new DenseRows<double>(X, 3, 2), Y, options, 0.5, 2);

    [Theory]
    [InlineData(LossKind.Linear, false)]
    [InlineData(LossKind.Logistic, false)]
    [InlineData(LossKind.Poisson, false)]
    [InlineData(LossKind.Huber, false)]
    [InlineData(LossKind.Absolute, true)]
    [InlineData(LossKind.Quantile, true)]
    [InlineData(LossKind.Hinge, true)]
    [InlineData(LossKind.Softmax, false)]
    public void Interior_points_are_for_losses_with_straight_pieces(LossKind kind, bool expected)
    {
        foreach (double l2 in new[] { 0, 0.5 })
            Assert.Equal(expected,
                Make(kind, new RiskOptions { Intercept = false, L2 = l2 }).Find<IPiecewiseLinearOracle<double>>() is not null);
    }

    [Theory]
    [InlineData(0.5, 0, false, false, 1, true)]
    [InlineData(0.5, 0, true, true, 1, true)]
    [InlineData(0, 0, false, false, 1, false)]
    [InlineData(0.5, 0, true, false, 1, false)]
    [InlineData(0.5, 0.1, false, false, 1, false)]
    [InlineData(0.5, 0, false, false, 2, false)]
    public void Dual_coordinates_are_for_one_penalty_on_every_parameter(double l2, double l1, bool intercept, bool penalised, double scale,
        bool expected)
    {
        RiskOptions options = new() { L2 = l2, L1 = l1, Intercept = intercept, PenaliseIntercept = penalised, ColumnScales = [1, scale] };
        foreach (LossKind kind in new[] { LossKind.Linear, LossKind.Logistic, LossKind.Hinge })
        {
            IDualCoordinateOracle<double>? found = Make(kind, options).Find<IDualCoordinateOracle<double>>();
            Assert.Equal(expected, found is not null);
            if (found is not null) Assert.Equal(l2, found.DualPenalty);
        }
    }

    // What compiles holds: the type that says "piecewise linear" can be made of no other loss, and a risk of any loss does not say it.
    [Fact]
    public void Types_say_what_holds()
    {
        Assert.False(typeof(IPiecewiseLinearOracle<double>).IsAssignableFrom(typeof(LinearRisk<double, DenseRows<double>, LogisticLoss>)));
        Assert.False(typeof(IDualCoordinateOracle<double>).IsAssignableFrom(typeof(LinearRisk<double, DenseRows<double>, LogisticLoss>)));
        Assert.True(
            typeof(IPiecewiseLinearOracle<double>).IsAssignableFrom(typeof(PiecewiseLinearRisk<double, DenseRows<double>, HingeLoss>)));
        Assert.Empty(typeof(PiecewiseLinearRisk<double, DenseRows<double>, HingeLoss>).GetConstructors());
        Type bound = typeof(Risk).GetMethod(nameof(Risk.PiecewiseLinear))!.GetGenericArguments()[2];
        Assert.Contains(typeof(IPiecewiseLinearLoss), bound.GetGenericParameterConstraints());
    }
}
