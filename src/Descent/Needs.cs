namespace Descent;

/// <summary>What a method of the catalogue asks of the objective; <see cref="CatalogueEntry.NeedsText"/> says it in words.</summary>
public enum Needs
{
    /// <summary>Gradients of the whole objective, n examples each.</summary>
    Gradient,

    /// <summary>Gradients of samples.</summary>
    Samples,

    /// <summary>Rows of one margin, and their losses along it.</summary>
    Rows,

    /// <summary>Gradients of samples, or exact ones.</summary>
    SamplesOrGradient,

    /// <summary>A finite sum whose examples can be asked again at another point.</summary>
    FiniteSum,

    /// <summary>The d × d matrix of second derivatives.</summary>
    HessianMatrix,

    /// <summary>The matrix of second derivatives, or single columns of it on many parameters.</summary>
    HessianMatrixOrColumns,

    /// <summary>Products of the Hessian with a vector.</summary>
    HessianProduct,

    /// <summary>A loss made of straight pieces: absolute, quantile, hinge.</summary>
    PiecewiseLinear,
}
