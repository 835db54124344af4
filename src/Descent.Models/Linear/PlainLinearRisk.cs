using Descent.Models.Losses;

namespace Descent.Models.Linear;

/// <summary>A risk without a dual along coordinates: some parameter has no quadratic penalty, or one of its own.</summary>
sealed class PlainLinearRisk<T, TRows, TLoss> : LinearRisk<T, TRows, TLoss>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
    where TLoss : struct, IMarginLoss
{
    /// <summary>Joins rows, labels, loss and options.</summary>
    public PlainLinearRisk(TRows rows, double[] labels, TLoss loss, RiskOptions options)
        : base(rows, labels, loss, options)
    {
    }

    /// <summary>Makes a replica of any risk over such rows.</summary>
    public PlainLinearRisk(LinearRisk<T, TRows, TLoss> original)
        : base(original)
    {
    }
}
