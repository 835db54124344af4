using Descent.Models.Losses;

namespace Descent.Models.Linear;

/// <summary>A piecewise linear risk without a dual along coordinates: some parameter has no quadratic penalty, or one of its own.</summary>
sealed class PlainPiecewiseLinearRisk<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss, IPiecewiseLinearLoss pieces,
    RiskOptions options)
    : PiecewiseLinearRisk<T, TRows, TLoss>(rows, labels, loss, pieces, options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
    where TLoss : struct, IMarginLoss;
