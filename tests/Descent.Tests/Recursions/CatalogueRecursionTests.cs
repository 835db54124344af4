namespace Descent.Tests.Recursions;

/// <summary>Every entry of the catalogue against a second, independent implementation of its published recursion:
/// sixty steps, or as many as it takes.</summary>
public class CatalogueRecursionTests
{
    // Their oracles are others; see DualRecursionTests, RowRecursionTests and InteriorPointRecursionTests.
    static readonly string[] Elsewhere = ["sdca", "normalised-adagrad", "interior-point"];

    public static TheoryData<string, int> All
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (CatalogueEntry e in Catalogue.All.Where(e => !Elsewhere.Contains(e.Name)))
                foreach (int variant in Case.Variants(e)) data.Add(e.Name, variant);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Follows_its_published_recursion(string name, int variant)
    {
        int t = 0, steps = CatalogueTable.Steps(name);
        foreach (var (expected, found) in new Case(name, variant).Run())
        {
            Same(expected, found, CatalogueTable.Accuracy(name), $"{name}, step {t + 1}");
            if (++t == steps) break;
        }
        Assert.True(t == steps || (Catalogue.Find(name)!.Step is null && t >= 4), $"{name} ended after {t} steps.");
    }

    [Fact]
    public void Every_number_of_every_entry_is_tried_away_from_its_default()
    {
        foreach (CatalogueEntry e in Catalogue.All)
            foreach (MethodParameter p in e.Parameters.Where(p => !Case.Switches(e, p)))
            {
                Assert.True(CatalogueTable.Off.TryGetValue(p.Name, out double off), $"{e.Name}.{p.Name} has no other value here.");
                Assert.True(p.Allows(off) && off != p.Default, $"{e.Name}.{p.Name}: {off} is its default or out of range.");
            }
    }

    internal static void Same(double[] expected, ReadOnlySpan<double> found, double accuracy, string where)
    {
        Assert.Equal(expected.Length, found.Length);
        double size = expected.Max(Math.Abs);
        Assert.True(double.IsFinite(size), where);
        for (int j = 0; j < expected.Length; j++)
            Assert.True(Math.Abs(expected[j] - found[j]) <= accuracy * size,
                FormattableString.Invariant($"{where}, coordinate {j}: {expected[j]:R} expected, {found[j]:R} found, ")
                    + FormattableString.Invariant($"{Math.Abs(expected[j] - found[j]) / size:G2} apart."));
    }
}
