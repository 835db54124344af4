using Descent.Fitting.Design;
using Descent.Fitting.Families;

namespace Descent.Fitting;

// The doors to a path of penalties, from a file or from arrays.
public sealed partial class Fit
{
    /// <summary>A path of penalties λ(α‖w‖₁ + ½(1 − α)‖w‖²) for a family with a differentiable loss.</summary>
    /// <param name="family">The family, for example <see cref="ModelFamilies.Logistic"/>.</param>
    /// <param name="path">CSV, TSV or LIBSVM file, plain or .gz.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="penalties">The λ, α, folds and choice; null for 100 λ of the lasso without folds.</param>
    /// <param name="options">Scaling, weights, held-out rows, seed; null for the defaults. Penalties are the path's own.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static PenaltyPath Path(ModelFamily family, string path, string? target = null, IReadOnlyList<string>? features = null,
        PathSpec? penalties = null, FitOptions? options = null)
    {
        DataSpec data = new([path]) { Target = target, Features = features ?? [] };
        return PenaltyPath.Of((options ?? new FitOptions()).Of(data, family) with { Path = penalties ?? new PathSpec() });
    }

    /// <summary>A path of penalties λ(α‖w‖₁ + ½(1 − α)‖w‖²) for a family with a differentiable loss.</summary>
    /// <param name="family">The family, for example <see cref="ModelFamilies.Linear"/>.</param>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="penalties">The λ, α, folds and choice; null for 100 λ of the lasso without folds.</param>
    /// <param name="options">Scaling, held-out rows, seed; null for the defaults. Penalties are the path's own.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <param name="groups">Which rows belong together, n numbers, so that no fold splits them; null for none.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static PenaltyPath Path(ModelFamily family, double[,] x, ReadOnlySpan<double> y, PathSpec? penalties = null,
        FitOptions? options = null, IReadOnlyList<string>? names = null, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] values = new double[x.Length];
        Buffer.BlockCopy(x, 0, values, 0, checked(x.Length * sizeof(double)));
        return OfArrays(family, penalties, options, groups, y, (spec, labels) =>
            ArrayData.Dense(spec, values, x.GetLength(0), x.GetLength(1), labels, names, null, options?.Offsets?.ToArray()));
    }

    /// <inheritdoc cref="Path(ModelFamily, double[,], ReadOnlySpan{double}, PathSpec, FitOptions, IReadOnlyList{string},
    /// IReadOnlyList{int})"/>
    public static PenaltyPath Path(ModelFamily family, double[][] x, ReadOnlySpan<double> y, PathSpec? penalties = null,
        FitOptions? options = null, IReadOnlyList<string>? names = null, IReadOnlyList<int>? groups = null) =>
        Path(family, Flat(x), y, penalties, options, names, groups);

    /// <summary>A path of penalties λ(α‖w‖₁ + ½(1 − α)‖w‖²) for a family with a differentiable loss.</summary>
    /// <param name="family">The family, for example <see cref="ModelFamilies.Logistic"/>.</param>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="penalties">The λ, α, folds and choice; null for 100 λ of the lasso without folds.</param>
    /// <param name="options">Scaling, held-out rows, seed; null for the defaults. Penalties are the path's own.</param>
    /// <param name="groups">Which rows belong together, n numbers, so that no fold splits them; null for none.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static PenaltyPath Path(ModelFamily family, CsrRows<double> rows, ReadOnlySpan<double> y, PathSpec? penalties = null,
        FitOptions? options = null, IReadOnlyList<int>? groups = null) =>
        OfArrays(family, penalties, options, groups, y, (spec, labels) => ArrayData.Sparse(spec, rows, labels, null,
            options?.Offsets?.ToArray()));

    static PenaltyPath OfArrays(ModelFamily family, PathSpec? penalties, FitOptions? options, IReadOnlyList<int>? groups,
        ReadOnlySpan<double> y, Func<FitSpec, double[], LoadedData> load)
    {
        if (groups is not null && groups.Count != y.Length)
            throw new FitException($"`Groups` has {groups.Count} entries; expected one for each of the {y.Length} rows.");
        // The groups are at hand; in a file they would be a column, which the specification names.
        DataSpec arrays = new(["arrays"]) { GroupColumn = groups is null ? null : "groups" };
        FitSpec spec = (options ?? new FitOptions()).Of(arrays, family) with { Path = penalties ?? new PathSpec() };
        LoadedData data = load(spec.Checked(), y.ToArray());
        data.Groups = groups is null ? null : [.. groups];
        return new PenaltyPath(Run(spec, data, null, default));
    }
}
