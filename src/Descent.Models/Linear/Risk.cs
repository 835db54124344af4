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
    public static LinearRisk<T, TRows, TLoss> Of<T, TRows, TLoss>(TRows rows, double[] labels, TLoss loss, RiskOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
        where TLoss : struct, IMarginLoss => new(rows, labels, loss, options ?? new RiskOptions());

    /// <summary>A loss by its kind.</summary>
    /// <param name="kind">Which loss.</param>
    /// <param name="rows">Dense or sparse rows.</param>
    /// <param name="labels">Labels: numbers; 0/1 for logistic and hinge; counts for Poisson; class numbers for softmax.</param>
    /// <param name="options">Intercept, penalties, weights, threads.</param>
    /// <param name="parameter">τ of quantile, δ of Huber.</param>
    /// <param name="classes">Number of classes of softmax.</param>
    /// <exception cref="ArgumentException">A loss of one's own has no kind to be made by.</exception>
    public static EmpiricalRisk<T> Of<T, TRows>(LossKind kind, TRows rows, double[] labels, RiskOptions options, double parameter = double.NaN, int classes = 0)
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
}
