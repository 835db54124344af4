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

    /// <summary>A loss named as on the command line.</summary>
    /// <exception cref="ArgumentException">The name is not known.</exception>
    public static EmpiricalRisk<T> Named<T, TRows>(string model, TRows rows, double[] labels, RiskOptions options, double parameter = double.NaN, int classes = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T> => model switch
        {
            "linear" => Of<T, TRows, SquaredLoss>(rows, labels, default, options),
            "logistic" => Of<T, TRows, LogisticLoss>(rows, labels, default, options),
            "poisson" => Of<T, TRows, PoissonLoss>(rows, labels, default, options),
            "huber" => Of<T, TRows, HuberLoss>(rows, labels, new HuberLoss(parameter), options),
            "absolute" => Of<T, TRows, PinballLoss>(rows, labels, new PinballLoss(0.5, 2, "absolute"), options),
            "quantile" => Of<T, TRows, PinballLoss>(rows, labels, new PinballLoss(parameter), options),
            "hinge" => Of<T, TRows, HingeLoss>(rows, labels, default, options),
            "softmax" => new SoftmaxRisk<T, TRows>(rows, labels, classes, options),
            _ => throw new ArgumentException($"The model '{model}' is not known; known are linear, logistic, softmax, poisson, huber, absolute, quantile and hinge."),
        };
}
