using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

/// <summary>A piecewise linear risk with one penalty λ > 0 on every parameter: its dual can be raised along one coordinate.</summary>
sealed class DualPiecewiseLinearRisk<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss, IPiecewiseLinearLoss pieces,
    RiskOptions options)
    : PiecewiseLinearRisk<T, TRows, TLoss>(rows, labels, loss, pieces, options), IDualCoordinateOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
    where TLoss : struct, IMarginLoss
{
    public double DualPenalty => Penalty;

    public bool RestsAtBounds => loss.IsPiecewiseLinear;

    public double DualStep(int example, Span<T> w, ref double u) => StepDual(example, w, ref u);

    public int DualPass(Span<int> examples, Span<T> w, Span<double> u, ref DualSlopes seen) => PassDual(examples, w, u, ref seen);
}
