using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

/// <summary>What <c>inspect</c> shows of the columns of a table, against counts made by hand.</summary>
public class InspectTests
{
    readonly string file = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "rows.csv");

    public InspectTests() => File.WriteAllText(file, "x,g,when,day,none,one\n"
        + "0,b,2024-02-01,20240201,,5\n8,a,2024-01-15,20240115,,5\n1,a,2024-03-01,20240301,,5\nNA,,2024-03-09,20240309,,5\n"
        + "0.5,c,2024-03-09,20240309,,5\n7,a,2024-03-09,20240309,,5\n");

    [Fact]
    public void Columns_are_told_by_type_range_missing_levels_and_histogram()
    {
        JsonElement shown = Cli.Json("inspect", file);
        Assert.Equal(6, shown.GetProperty("rows").GetInt32());
        Dictionary<string, JsonElement> columns = shown.GetProperty("columns").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal(["number", "text", "dates", "number", "empty", "number"],
            columns.Values.Select(c => c.GetProperty("type").GetString()));
        Assert.Equal([1, 1, 0, 0, 6, 0], columns.Values.Select(c => c.GetProperty("missing").GetInt32()));
        JsonElement x = columns["x"];
        Assert.Equal((0, 3.3, 8), (x.GetProperty("min").GetDouble(), x.GetProperty("mean").GetDouble(), x.GetProperty("max").GetDouble()));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8],
            x.GetProperty("histogram").GetProperty("edges").EnumerateArray().Select(e => e.GetDouble()));
        // A value on an edge belongs to the part above it, the largest to the last.
        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 2], x.GetProperty("histogram").GetProperty("counts").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal([("a", 3), ("b", 1), ("c", 1)], columns["g"].GetProperty("mostFrequent").EnumerateArray()
            .Select(l => (l.GetProperty("level").GetString()!, l.GetProperty("count").GetInt32())));
        Assert.True(columns["day"].GetProperty("looksLikeDays").GetBoolean());
        Assert.False(x.GetProperty("looksLikeDays").GetBoolean());
    }

    [Fact]
    public void The_table_says_the_same()
    {
        string[] lines = Cli.Run("inspect", file).Out.Split('\n');
        string Line(string name) => Assert.Single(lines, l => l.StartsWith(name + " ", StringComparison.Ordinal));
        Assert.EndsWith("▆▃     ▆", Line("x").TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("2024-01-15 to 2024-03-09", Line("when"), StringComparison.Ordinal);
        Assert.Contains("3: a, b, c", Line("g"), StringComparison.Ordinal);
        Assert.Contains("days?", Line("day"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_table_has_no_JSON()
    {
        string sparse = file + ".svm";
        File.WriteAllText(sparse, "1 1:2 3:4\n-1 2:1\n");
        var (code, _, error) = Cli.Run("inspect", sparse, "--json");
        Assert.Equal(1, code);
        Assert.Contains("is LIBSVM data", error, StringComparison.Ordinal);
    }
}
