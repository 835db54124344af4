namespace Descent.Autodiff;

/// <summary>Makes objectives from losses written on tensors.</summary>
public static class Objective
{
    /// <summary>A function of one vector, without data: <c>Objective.From(2, w =&gt; (w - 1).Square().Sum())</c>.</summary>
    public static DifferentiableObjective<T> From<T>(int dimension, Func<Var<T>, Var<T>> loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new DifferentiableObjective<T>(BlockLayout.Flat(dimension), 1, (w, _) => loss(w[0]));
    }

    /// <summary>A mean over examples: the loss gives the mean over a batch.</summary>
    /// <param name="layout">Names and shapes of the parameters.</param>
    /// <param name="count">Number of examples n.</param>
    /// <param name="loss">The mean loss of a batch, a scalar.</param>
    public static DifferentiableObjective<T> From<T>(BlockLayout layout, int count, Func<Parameters<T>, Batch, Var<T>> loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(layout, count, loss);
}
