using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Coordinate descent for one objective after another that differ in their penalties alone, as along a path of λ: a run begins with what
/// the runs before it have found of the data.
/// </summary>
/// <remarks>
/// The iterations are those of <see cref="CoordinateDescent"/>, to the same optimum. Carried over are the columns of the data and their
/// norms; the last slopes with their products with every column, a dual point under any penalty, from which the next run's columns are
/// screened before it has read one (the sequential form of the gap-safe rule); and the Hessian of a quadratic loss, which is formed once
/// for the path. On a formed Hessian, where passes creep, the minimum over the coordinates away from zero is solved for. The point to start
/// from is the caller's: the last optimum. Unlike other methods it has a state: one path an object, one run at a time. Memory beside the
/// run's: a copy of the data by columns and n + 2d, or 3d². Sources: Ndiaye et al. 2017 (sequential screening); Friedman, Hastie and
/// Tibshirani 2010 (warm starts).
/// </remarks>
/// <param name="method">The method; null for its defaults.</param>
public sealed class PathDescent(CoordinateDescent? method = null) : IMethod<double, IHessianMatrixOracle<double>>
{
    readonly CoordinateDescent method = method ?? new CoordinateDescent();
    readonly PathMemory memory = new();

    /// <inheritdoc/>
    public string Recursion => method.Recursion;

    /// <inheritdoc/>
    /// <remarks>The objective has the rows, labels, weights and intercept of those before it; only its penalties differ.</remarks>
    public Iteration<double> Start(IHessianMatrixOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        method.Begin(oracle, start, memory);
}
