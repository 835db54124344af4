using Descent.Fitting.Design;
using Descent.Fitting.Families;
using Descent.Fitting.Specs;

namespace Descent.Fitting;

// Fits of data that is in memory already.
public sealed partial class Fit
{
    static Fit OfArrays(ModelFamily family, double[,] x, ReadOnlySpan<double> y, FitOptions? options, IReadOnlyList<string>? names)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] values = new double[x.Length];
        Buffer.BlockCopy(x, 0, values, 0, checked(x.Length * sizeof(double)));
        return InMemory(family, options, y, (request, labels) => ArrayData.Dense(request, values, x.GetLength(0), x.GetLength(1), labels, names, null));
    }

    static Fit OfRows(ModelFamily family, CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options) =>
        InMemory(family, options, y, (request, labels) => ArrayData.Sparse(request, rows, labels, null));

    static Fit InMemory(ModelFamily family, FitOptions? options, ReadOnlySpan<double> y, Func<FitRequest, double[], LoadedData> load)
    {
        new FitSpec(["arrays"], family) { Options = options ??= new FitOptions() }.Check();
        double[] labels = y.ToArray();
        return Doors.Guarded(() =>
        {
            FitRequest request = FitSpec.RequestOf(options, family);
            return Run(request, load(request, labels), null, default);
        });
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
