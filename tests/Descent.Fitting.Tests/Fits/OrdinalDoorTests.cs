using Descent.Data;

namespace Descent.Fitting.Tests.Fits;

/// <summary>The doors of classes in order give one fit.</summary>
public class OrdinalDoorTests
{
    [Fact]
    public void A_file_a_formula_a_table_and_arrays_agree()
    {
        const int N = 60;
        double[] a = [.. Enumerable.Range(0, N).Select(i => Math.Sin(i * 1.7) * 2)],
            b = [.. Enumerable.Range(0, N).Select(i => (i % 5) - 2.0)];
        int[] y = [.. Enumerable.Range(0, N).Select(i => Math.Clamp((int)(a[i] + (i * 7 % 4) - 0.5), 0, 2))];
        string[] levels = ["low", "medium", "high"];
        string file = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "o.csv");
        File.WriteAllLines(file, ["a,b,y", .. Enumerable.Range(0, N)
            .Select(i => FormattableString.Invariant($"{a[i]:R},{b[i]:R},{levels[y[i]]}"))]);
        FitOptions options = new() { TargetLevels = levels };
        Table table = Table.Of([Column.Of("a", a), Column.Of("b", b), Column.Of("y", [.. y.Select(k => levels[k])])]);
        double[,] x = new double[N, 2];
        for (int i = 0; i < N; i++) (x[i, 0], x[i, 1]) = (a[i], b[i]);
        Fit[] fits = [Fit.Ordinal(file, "y", null, options), Fit.Ordinal(file, Formula.Parse("y ~ a + b"), options),
            Fit.Ordinal(table, "y ~ a + b", options), Fit.Ordinal(x, [.. y.Select(k => (double)k)])];
        Assert.All(fits, f => Assert.Equal("ordinal", f.Family.Name));
        Assert.Equal(4, fits[0].Coefficients.Count);
        foreach (Fit other in fits[1..])
            for (int j = 0; j < 4; j++) Assert.Equal(fits[0].Coefficients[j].Estimate, other.Coefficients[j].Estimate, 1e-9);
        Assert.Throws<FitException>(() => Fit.Ordinal(file, "y", null, new FitOptions { TargetLevels = ["low", "high"] }));
    }
}
