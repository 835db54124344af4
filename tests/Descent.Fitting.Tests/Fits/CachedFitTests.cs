using Descent.Data;

namespace Descent.Fitting.Tests.Fits;

/// <summary>A fit has the same bits from text, from a cache, and from the same rows in three files.</summary>
public sealed class CachedFitTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    static string[] Lines(bool sparse) => [.. Enumerable.Range(1, 600).Select(i => sparse
        ? FormattableString.Invariant($"{(i * 7 % 13 > 5 ? 1 : -1)} {1 + (i % 17)}:{Math.Sin(i):R} {20 + (i % 29)}:{Math.Cos(i):R}")
        : FormattableString.Invariant($"{(i * 7 % 13 > 5 ? "yes" : "no")},{Math.Sin(i):R},{Math.Cos(i * i):R},{Colour(i)}"))];

    static string Colour(int i) => i % 5 == 0 ? "red" : i % 5 == 1 ? "blue" : "green";

    Fit Of(bool sparse, CacheSpec cache, params string[] files) => Fit.Of(new FitSpec(
        new DataSpec([.. files.Select(f => Path.Combine(folder, f))]) { Cache = cache, Target = sparse ? null : "y" },
        new ModelSpec { Family = ModelFamilies.Logistic, L2 = 0.01 }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_cache_and_three_files_give_the_same_bits(bool sparse)
    {
        string[] lines = Lines(sparse);
        string head = sparse ? "" : "y,a,b,colour\n";
        File.WriteAllText(Path.Combine(folder, "all"), head + string.Join('\n', lines));
        for (int k = 0; k < 3; k++)
            File.WriteAllText(Path.Combine(folder, $"part{k}"), head + string.Join('\n', lines[(k * 200)..((k + 1) * 200)]) + "\n");
        Fit text = Of(sparse, new CacheSpec(), "all");
        Fit[] others =
        [
            Of(sparse, new CacheSpec { Write = true }, "all"),
            Of(sparse, new CacheSpec(), "all"),
            Of(sparse, new CacheSpec(), "part*"),
            Of(sparse, new CacheSpec { Write = true }, "part0", "part1", "part2"),
            Of(sparse, new CacheSpec(), "part?"),
        ];
        Assert.Contains("read from the cache", string.Join('\n', others[1].Notes), StringComparison.Ordinal);
        Assert.Contains("read from the cache", string.Join('\n', others[4].Notes), StringComparison.Ordinal);
        foreach (Fit fit in others)
        {
            Assert.Equal(text.Certificate.Value, fit.Certificate.Value);
            Assert.Equal(text.Coefficients.Select(c => (c.Name, c.Estimate)), fit.Coefficients.Select(c => (c.Name, c.Estimate)));
        }
    }
}
