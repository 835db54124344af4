using Descent.Data;
using Descent.Fitting.Design;
using Descent.Fitting.Formulas;

namespace Descent.Fitting.Tests.Formulas;

/// <summary>Terms, their order, the constant and the columns of factors against R's terms() and model.matrix(): terms.R.</summary>
public class TermAlgebraTests
{
    static readonly Table Data = Table.Of([.. "yabc".Select((n, j) => Column.Of($"{n}", [.. Enumerable.Range(0, 48).Select(i =>
        Math.Sin((i * (j + 2)) + (0.1 * i * i)) + 2)])), Levels("f", "pqr", 1), Levels("g", "st", 3), Levels("h", "uv", 6)]);

    public static TheoryData<string> Known =>
        [.. File.ReadLines(Path.Combine(Iris.Root, "tests", "Descent.Fitting.Tests", "Formulas", "terms.csv"))];

    [Theory]
    [MemberData(nameof(Known))]
    public void Terms_and_columns_are_those_of_R(string line)
    {
        (string text, bool intercept, string labels, string columns) = line.Split(';') is [var t, var i, var l, var c]
            ? (t, i == "1", l, c) : default;
        Formula formula = Formula.Parse(text);
        string[] others = formula.HasDot ? [.. Data.AllNames.Where(n => n != "y")] : [];
        TermAlgebra algebra = new(formula, others);
        Assert.Equal(intercept, formula.HasIntercept);
        Assert.Equal(labels,
            string.Join('|', algebra.Terms.Select(term => string.Join(':', term.Select(v => Deparsed.Of(algebra.Variables[v]))))));
        LoadedData data = Load(text);
        Assert.Equal(columns, string.Join('|', data.Features.Select(f => f.Name)));
    }

    // Every column of every product, one by one.
    [Fact]
    public void Columns_of_an_interaction_are_products_with_the_first_variable_fastest()
    {
        LoadedData data = Load("y ~ f:g:a - 1");
        string[] names = [.. data.Features.Select(f => f.Name)];
        Assert.Equal(["a:f=p:g=s", "a:f=q:g=s", "a:f=r:g=s", "a:f=p:g=t", "a:f=q:g=t", "a:f=r:g=t"],
            names.Select(n => string.Join(':', n.Split(':').Order(StringComparer.Ordinal))));
        for (int i = 0; i < 48; i++)
        {
            double[] row = data.Dense!.Value.Span(i * 6, 6).ToArray();
            int place = (i % 3) + (3 * (i / 3 % 2));
            Assert.Equal(Data.Find("a")!.Numbers[i], row[place]);
            Assert.Equal(5, row.Count(v => v == 0));
        }
    }

    // Four million cells and more: levels crossed with levels and with numbers hold as many entries a row as there are terms.
    [Fact]
    public void Interactions_of_many_levels_are_sparse()
    {
        int n = 20_000;
        Table wide = Table.Of([Column.Of("y", [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))]),
            Column.Of("x", [.. Enumerable.Range(0, n).Select(i => 1.5 + Math.Cos(i))]),
            Column.Of("f", [.. Enumerable.Range(0, n).Select(i => $"f{i % 40}")]),
            Column.Of("g", [.. Enumerable.Range(0, n).Select(i => $"g{i / 40 % 25}")])]);
        LoadedData data = Load("y ~ f*g + f:x", wide);
        Assert.Null(data.Dense);
        Assert.Equal(39 + 24 + (39 * 24) + 40, data.Columns);
        // f0 and g0 have no column of their own; the slope of x has one for every level.
        long expected = Enumerable.Range(0, n).Sum(i => (i % 40 > 0 ? 1 : 0) + (i / 40 % 25 > 0 ? 1 : 0)
            + (i % 40 > 0 && i / 40 % 25 > 0 ? 1L : 0) + 1);
        Assert.Equal(expected, data.Sparse!.Value.Entries);
        for (int i = 0; i < n; i += 371)
        {
            Dictionary<string, double> row = data.Sparse.Value.IndicesOf(i).ToArray().Zip(data.Sparse.Value.ValuesOf(i).ToArray())
                .ToDictionary(e => data.Features[e.First].Name, e => e.Second);
            Assert.Equal(wide.Find("x")!.Numbers[i], row[$"f=f{i % 40}:x"]);
            if (i % 40 > 0 && i / 40 % 25 > 0) Assert.Equal(1, row[$"f=f{i % 40}:g=g{i / 40 % 25}"]);
        }
    }

    static LoadedData Load(string text, Table? table = null)
    {
        FitSpec spec = new(new DataSpec(["table"]) { Formula = Formula.Parse(text) }, new ModelSpec());
        return TableLoader.Of(spec, new ColumnChoice(spec.Data), table ?? Data, []);
    }

    static Column Levels(string name, string levels, int each) =>
        Column.Of(name, [.. Enumerable.Range(0, 48).Select(i => $"{levels[i / each % levels.Length]}")]);
}
