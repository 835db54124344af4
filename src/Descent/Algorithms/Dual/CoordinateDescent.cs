using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Coordinate descent on quadratic models (proximal Newton): <c>δ ← argmin gᵀδ + ½δᵀHδ + h(w + δ)</c>, one coordinate after another,
/// each by its exact minimum <c>δⱼ ← soft(wⱼ + δⱼ − qⱼ/Hⱼⱼ, λ₁ⱼ/Hⱼⱼ) − wⱼ</c>, <c>q = g + Hδ</c>;
/// then a step along δ that lowers F. For L1 and elastic-net penalties, which it needs not have:
/// without one it is an inexact Newton method.
/// </summary>
/// <remarks>
/// Up to <paramref name="LargestMatrix"/> parameters H is formed once a step and a pass over the coordinates costs d².
/// Above, objectives whose data can be read by columns are solved on growing working sets:
/// a pass costs the entries of the working set's columns, and columns that a sphere around the dual point proves to be zero at the optimum
/// are left out (gap-safe screening; the sphere has radius <c>√(2L·gap)</c> in the norm of the weights, L = sup φ″).
/// Memory: 2d² + 4d, or a copy of the data by columns and 6n + 8d. No step size; nothing is drawn; a step allocates nothing.
/// Sources: Friedman, Hastie and Tibshirani 2010 (glmnet); Lee, Sun and Saunders 2014 (proximal Newton);
/// Ndiaye et al. 2017 (gap-safe spheres); Massias, Gramfort and Salmon 2018 (working sets).
/// </remarks>
/// <param name="LargestMatrix">Most parameters for which a Hessian is formed where columns are to be had as well; at least 1.</param>
public sealed record CoordinateDescent(int LargestMatrix = 500)
    : IMethod<double, IHessianMatrixOracle<double>>, IMethod<float, IHessianMatrixOracle<float>>
{
    /// <summary>Most parameters for which a Hessian is formed where columns are to be had as well.</summary>
    public int LargestMatrix { get; } = (int)Guard.AtLeast("The largest matrix", LargestMatrix, 1, nameof(CoordinateDescent));

    /// <inheritdoc/>
    public string Recursion =>
        "δⱼ ← soft(wⱼ + δⱼ − qⱼ/Hⱼⱼ, λ₁ⱼ/Hⱼⱼ) − wⱼ,  q = g + Hδ, coordinate after coordinate;  w ← w + sδ, s = 1, ½, … until F falls";

    /// <inheritdoc/>
    public Iteration<double> Start(IHessianMatrixOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) => Begin(oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IHessianMatrixOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) => Begin(oracle, start);

    /// <summary>An iteration that takes from a memory what is there, and leaves in it what the next one can use; null for none.</summary>
    internal Iteration<T> Begin<T>(IHessianMatrixOracle<T> oracle, ReadOnlySpan<T> start, PathMemory? memory = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        if (oracle is IPiecewiseLinearOracle<T>)
            throw new ArgumentException(
                "Coordinate descent needs a loss with curvature; this one is piecewise linear. Use interior-point or sdca.");
        CoordinatePenalty penalty = CoordinatePenalty.Of(oracle);
        return start.Length > LargestMatrix && oracle is IColumnOracle<T> columns
            ? new ColumnIteration<T>(columns, penalty, start, memory)
            : new ModelIteration<T>(oracle, penalty, start, memory);
    }
}
