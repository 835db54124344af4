namespace Descent.Oracles;

/// <summary>Counts what has been asked of an oracle, in single-example units: one full gradient of n examples counts n.</summary>
public sealed class OracleMeter
{
    /// <summary>Number of single-example gradients.</summary>
    public long Gradients { get; private set; }

    /// <summary>Number of single-example values asked without a gradient.</summary>
    public long Values { get; private set; }

    /// <summary>Number of single-example Hessian products, and of Hessian contributions when the matrix is formed.</summary>
    public long SecondOrder { get; private set; }

    /// <summary>While true nothing is counted: certificates and traces are asked outside the meter.</summary>
    public bool Paused { get; set; }

    /// <summary>Adds single gradients to the count, unless it is paused.</summary>
    public void CountGradients(long examples)
    {
        if (!Paused) Gradients += examples;
    }

    /// <summary>Adds single values to the count, unless it is paused.</summary>
    public void CountValues(long examples)
    {
        if (!Paused) Values += examples;
    }

    /// <summary>Adds Hessian products or contributions.</summary>
    public void CountSecondOrder(long examples)
    {
        if (!Paused) SecondOrder += examples;
    }

    /// <summary>Sets all counts to zero.</summary>
    public void Reset() => (Gradients, Values, SecondOrder) = (0, 0, 0);
}
