using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// A variance-reduced estimate on sparse rows: <c>g = δ·(xᵢ, 1) + c·m + λw</c>, a multiple of the sampled row, a drift m that changes on
/// sampled rows alone, and the penalty. A coordinate that no row has met since moves by decay and drift only, which can wait.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
abstract class SparseEstimation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Which example comes next.</summary>
    public abstract SampleStream Samples { get; }

    /// <summary>m, d numbers.</summary>
    public abstract T[] Drift { get; }

    /// <summary>c of the step whose change was asked for last.</summary>
    public abstract double DriftFactor { get; }

    /// <summary>What a step does to the drift on its row, in units of δ: nothing, before the step or after it.</summary>
    public virtual DriftChange Changes => DriftChange.None;

    /// <summary>Whether the sum of the iterates since the last renewal is wanted at the next.</summary>
    public virtual bool SumsIterates => false;

    /// <summary>Whether the whole iterate is wanted before the next step.</summary>
    public virtual bool WantsIterate => false;

    /// <summary>Takes the whole iterate, and the sum of the iterates before the steps since the last time.</summary>
    public virtual void Renew(ReadOnlySpan<T> w, ReadOnlySpan<double> iterateSum)
    {
    }

    /// <summary>δ for an example at w, which is up to date on its row; counts as a step.</summary>
    public abstract double Change(ReadOnlySpan<T> w, int example, out double value);

    /// <summary>Shows its state to a visitor.</summary>
    public abstract void Visit(IStateVisitor visitor);
}
