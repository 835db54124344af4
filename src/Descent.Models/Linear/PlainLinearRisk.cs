using Descent.Models.Losses;

namespace Descent.Models.Linear;

/// <summary>A risk without a dual along coordinates: some parameter has no quadratic penalty, or one of its own.</summary>
sealed class PlainLinearRisk<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss, RiskOptions options)
    : LinearRisk<T, TRows, TLoss>(rows, labels, loss, options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
    where TLoss : struct, IMarginLoss;
