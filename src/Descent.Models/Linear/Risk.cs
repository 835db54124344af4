using Descent.Models.Losses;

namespace Descent.Models.Linear;

/// <summary>Makes empirical risks without naming their three type parameters.</summary>
public static class Risk
{
    /// <summary>A loss of one margin on the given rows.</summary>
    /// <param name="rows">Dense or sparse rows.</param>
    /// <param name="labels">Labels: numbers; 0/1 for logistic and hinge; counts for Poisson.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">Intercept, penalties, weights, threads.</param>
    /// <returns>
    /// A risk that is an <see cref="Oracles.IPiecewiseLinearOracle{T}"/> only for losses with straight pieces and an
    /// <see cref="Oracles.IDualCoordinateOracle{T}"/> only with one penalty λ &gt; 0 on every parameter;
    /// <see cref="EmpiricalRisk{T}.Find{TOracle}"/> asks.
    /// </returns>
    public static LinearRisk<T, TRows, TLoss> Of<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss, RiskOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
        where TLoss : struct, IMarginLoss
    {
        options ??= new RiskOptions();
        if (loss is IPiecewiseLinearLoss pieces) return Pieces<T, TRows, TLoss>(rows, labels, loss, pieces, options);
        if (!double.IsFinite(loss.LowestMargin) && HasDual(rows.Columns, options))
            return new DualLinearRisk<T, TRows, TLoss>(rows, labels, loss, options);
        return new PlainLinearRisk<T, TRows, TLoss>(rows, labels, loss, options);
    }

    /// <summary>A loss with straight pieces on the given rows,
    /// as the interior-point method takes it: <c>Methods.InteriorPoint().Start(risk, …)</c>.</summary>
    /// <param name="rows">Dense or sparse rows.</param>
    /// <param name="labels">Labels: numbers; 0/1 for hinge.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">Intercept, penalties, weights, threads.</param>
    public static PiecewiseLinearRisk<T, TRows, TLoss> PiecewiseLinear<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss,
        RiskOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
        where TLoss : struct, IPiecewiseLinearLoss => Pieces<T, TRows, TLoss>(rows, labels, loss, loss, options ?? new RiskOptions());

    /// <summary>A loss by its kind.</summary>
    /// <param name="kind">Which loss.</param>
    /// <param name="rows">Dense or sparse rows.</param>
    /// <param name="labels">Labels: numbers; 0/1 for logistic and hinge; counts for Poisson; class numbers for softmax.</param>
    /// <param name="options">Intercept, penalties, weights, threads.</param>
    /// <param name="parameter">τ of quantile, δ of Huber.</param>
    /// <param name="classes">Number of classes of softmax.</param>
    /// <exception cref="ArgumentException">A loss of one's own has no kind to be made by.</exception>
    public static EmpiricalRisk<T> Of<T, TRows>(LossKind kind, TRows rows, double[] labels, RiskOptions options,
        double parameter = double.NaN, int classes = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T> => kind switch
        {
            LossKind.Linear => Of<T, TRows, SquaredLoss>(rows, labels, default, options),
            LossKind.Logistic => Of<T, TRows, LogisticLoss>(rows, labels, default, options),
            LossKind.Poisson => Of<T, TRows, PoissonLoss>(rows, labels, default, options),
            LossKind.Huber => Of<T, TRows, HuberLoss>(rows, labels, new HuberLoss(parameter), options),
            LossKind.Absolute => Of<T, TRows, PinballLoss>(rows, labels, new PinballLoss(0.5, 2), options),
            LossKind.Quantile => Of<T, TRows, PinballLoss>(rows, labels, new PinballLoss(parameter), options),
            LossKind.Hinge => Of<T, TRows, HingeLoss>(rows, labels, default, options),
            LossKind.Softmax => new SoftmaxRisk<T, TRows>(rows, labels, classes, options),
            _ => throw new ArgumentException("A loss of one's own has no kind to be made by: give the loss itself.", nameof(kind)),
        };

    static PiecewiseLinearRisk<T, TRows, TLoss> Pieces<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss,
        IPiecewiseLinearLoss pieces, RiskOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
        where TLoss : struct, IMarginLoss
    {
        if (HasDual(rows.Columns, options)) return new DualPiecewiseLinearRisk<T, TRows, TLoss>(rows, labels, loss, pieces, options);
        return new PlainPiecewiseLinearRisk<T, TRows, TLoss>(rows, labels, loss, pieces, options);
    }

    // One penalty λ > 0 on every parameter.
    static bool HasDual(int columns, RiskOptions options)
    {
        if (!(options.L2 > 0) || options.L1 != 0 || (options.Intercept && !options.PenaliseIntercept)) return false;
        if (columns == 0 || options.ColumnScales is not { } scales) return columns > 0 || options.Intercept;
        double first = options.L2 / (scales[0] * scales[0]);
        foreach (double s in scales)
            if (options.L2 / (s * s) != first) return false;
        return first > 0 && (!options.Intercept || first == options.L2);
    }
}
