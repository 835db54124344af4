using Descent.Numerics;

namespace Descent.Algorithms;

/// <summary>
/// What coordinate descent has found of the data under one penalty and needs again under the next: nothing in it depends on the penalty.
/// </summary>
sealed class PathMemory
{
    /// <summary>The columns of X, and the norms of them.</summary>
    public CscColumns? Columns { get; set; }

    /// <summary>√(Xⱼᵀ diag(ω) Xⱼ) of every column.</summary>
    public double[] Norms { get; set; } = [];

    /// <summary>
    /// Slopes ωφ′ at some point, n of them; empty before there are any. With <see cref="Products"/> they are a dual point for every
    /// penalty.
    /// </summary>
    public double[] Slopes { get; private set; } = [];

    /// <summary>Xᵀ of <see cref="Slopes"/>, of all columns.</summary>
    public double[] Products { get; private set; } = [];

    /// <summary>∇² of the loss part where it is the same everywhere, d × d; null where it is not, or is not known yet.</summary>
    public double[]? Hessian { get; set; }

    /// <summary>Keeps slopes and their products with all columns.</summary>
    public void Keep(ReadOnlySpan<double> slopes, ReadOnlySpan<double> products)
    {
        if (Slopes.Length == 0) (Slopes, Products) = (new double[slopes.Length], new double[products.Length]);
        slopes.CopyTo(Slopes);
        products.CopyTo(Products);
    }
}
