using Descent.Fitting.Design;
using Descent.Fitting.Families;

namespace Descent.Fitting;

// Fits of data that is in memory already.
public sealed partial class Fit
{
    static Fit OfArrays(ModelFamily family, double[,] x, ReadOnlySpan<double> y, FitOptions? options, IReadOnlyList<string>? names)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] values = new double[x.Length];
        Buffer.BlockCopy(x, 0, values, 0, checked(x.Length * sizeof(double)));
        return InMemory(family, options, y, (spec, labels) =>
            ArrayData.Dense(spec, values, x.GetLength(0), x.GetLength(1), labels, names, null, options?.Offsets?.ToArray()));
    }

    static Fit OfRows(ModelFamily family, CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options) =>
        InMemory(family, options, y, (spec, labels) => ArrayData.Sparse(spec, rows, labels, null, options?.Offsets?.ToArray()));

    static Fit InMemory(ModelFamily family, FitOptions? options, ReadOnlySpan<double> y, Func<FitSpec, double[], LoadedData> load)
    {
        FitSpec spec = (options ?? new FitOptions()).Of(new DataSpec(["arrays"]), family).Checked();
        return Run(spec, load(spec, y.ToArray()), null, default);
    }

    static double[,] Flat(double[][] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Length == 0 ? 0 : x[0].Length;
        double[,] values = new double[x.Length, d];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i].Length != d) throw new FitException($"x[{i}] has {x[i].Length} values; expected {d}, as in the first row.");
            for (int j = 0; j < d; j++) values[i, j] = x[i][j];
        }
        return values;
    }
}
