using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Descent.Numerics;

namespace Descent.Cli.Tests.Commands;

/// <summary><c>descent estimate</c>.</summary>
public class EstimateTests
{
    static string Write(string name, string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Write(string name, ReadOnlySpan<double> numbers, bool singles = false)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, name);
        byte[] bytes = singles ? MemoryMarshal.AsBytes<float>(numbers.ToArray().Select(x => (float)x).ToArray()).ToArray()
            : MemoryMarshal.AsBytes(numbers).ToArray();
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static double[] Exponential(int count)
    {
        Draws draws = new(7);
        double[] x = new double[count];
        for (int i = 0; i < x.Length; i++) x[i] = -Math.Log(1 - draws.NextDouble());
        return x;
    }

    static double Of(JsonElement r, string name, string field) =>
        r.GetProperty("estimates").EnumerateArray().Single(e => e.GetProperty("name").GetString() == name).GetProperty(field).GetDouble();

    // R 4.2.2: t.test(x, conf.level = 0.9), var, mean(x, trim = 0.1), MASS::huber(x, 1.345, tol = 1e-14), uniroot for the expectile,
    // quantile(x, type = 7) with the order statistics n·τ ∓ z·√(nτ(1 − τ)).
    [Theory]
    [InlineData("mean", 5.84333333333333, 5.73142683285634, 5.95523983381033)]
    [InlineData("variance", 0.685693512304251)]
    [InlineData("median", 5.8, 5.6, 6.0)]
    [InlineData("quantile 0.9", 6.9, 6.7, 7.3)]
    [InlineData("expectile 0.9", 6.58589743589744)]
    [InlineData("trimmed mean 0.1", 5.80833333333333)]
    [InlineData("huber", 5.82306863478261)]
    public void Estimates_of_a_column_are_those_of_R(string name, double value, double? low = null, double? high = null)
    {
        JsonElement r = Cli.Json("estimate", Cli.Sample("iris.csv"), "--column", "sepal_length", "--mean", "--median", "--quantiles", "0.9",
            "--expectiles", "0.9", "--trimmed", "0.1", "--huber", "--level", "0.9");
        Assert.Equal(value, Of(r, name, "estimate"), 1e-11);
        if (low is { } l) Assert.Equal(l, Of(r, name, "low"), 1e-9);
        if (high is { } h) Assert.Equal(h, Of(r, name, "high"), 1e-9);
        Assert.Equal((150, 0), (r.GetProperty("rows").GetInt64(), r.GetProperty("missing").GetInt64()));
    }

    [Fact]
    public void Text_and_raw_numbers_give_the_same()
    {
        double[] x = Exponential(40_000), narrow = [.. x.Select(v => (double)(float)v)];
        StringBuilder text = new("id,value\n");
        for (int i = 0; i < x.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{i},{narrow[i]:R}\n");
        string csv = Write("x.csv", text.ToString()), zipped = csv + ".gz";
        using (GZipStream gz = new(File.Create(zipped), CompressionLevel.Fastest)) gz.Write(Encoding.UTF8.GetBytes(text.ToString()));
        string[] asked = ["--mean", "--quantiles", "0.5,0.99", "--trimmed", "0.2", "--huber", "--quiet"];
        string expected = Cli.Run(["estimate", Write("x.f64", narrow), "--format", "f64", .. asked]).Out;
        Assert.Equal(6, expected.TrimEnd().Split('\n').Length);
        Assert.Equal(expected, Cli.Run(["estimate", Write("x.f32", narrow, true), "--format", "f32", .. asked]).Out);
        foreach (string file in new[] { csv, zipped })
            foreach (string column in new[] { "value", "c2" })
                Assert.Equal(expected, Cli.Run(["estimate", file, "-c", column, .. asked]).Out);
    }

    [Fact]
    public void Missing_values_are_refused_with_their_place_or_counted()
    {
        string file = Write("x.csv", "a,b\n1,2\n3,NA\n5,\n7,8\n");
        var (code, _, error) = Cli.Run("estimate", file, "--column", "b");
        Assert.Equal(2, code);
        Assert.Contains("line 3, column 'b': the value is missing ('NA')", error, StringComparison.Ordinal);
        JsonElement r = Cli.Json("estimate", file, "--column", "b", "--mean", "--missing", "skip");
        Assert.Equal((2, 2, 0), (r.GetProperty("rows").GetInt32(),
            r.GetProperty("missing").GetInt32(), r.GetProperty("skipped").GetInt32()));
        Assert.Equal(5, Of(r, "mean", "estimate"));
        string raw = Write("x.f64", [1, double.NaN, 6]);
        Assert.Contains("number 2: found NaN", Cli.Run("estimate", raw, "--format", "f64").Err, StringComparison.Ordinal);
        JsonElement left = Cli.Json("estimate", raw, "--format", "f64", "--mean", "--missing", "skip");
        Assert.Equal((2, 1, 3.5), (left.GetProperty("rows").GetInt32(),
            left.GetProperty("missing").GetInt32(), Of(left, "mean", "estimate")));
    }

    [Fact]
    public void Bad_cells_far_down_are_named_with_line_and_column_or_counted()
    {
        // Beyond the first mebibyte, so that the rows before are gone.
        StringBuilder text = new("id,value\n");
        for (int i = 0; i < 200_000; i++) text.Append(i).Append(i == 190_000 ? ",oops\n" : ",1.5\n");
        string file = Write("x.csv", text.ToString());
        var (code, output, error) = Cli.Run("estimate", file, "--column", "value");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("line 190002, column 'value': found 'oops', expected a number", error, StringComparison.Ordinal);
        JsonElement r = Cli.Json("estimate", file, "--column", "value", "--on-bad-row", "skip");
        Assert.Equal((199_999, 1), (r.GetProperty("rows").GetInt32(), r.GetProperty("skipped").GetInt32()));
    }

    [Theory]
    [InlineData(1, "--quantiles is '1.5'", "--quantiles", "1.5")]
    [InlineData(1, "--trimmed is '0.5'", "--trimmed", "0.5")]
    [InlineData(1, "--expectiles is 'x'", "--expectiles", "x")]
    [InlineData(1, "--level is 1", "--level", "1")]
    [InlineData(1, "--delta is -1", "--huber", "--delta", "-1")]
    [InlineData(1, "--delta is the threshold of --huber", "--delta", "1")]
    [InlineData(1, "--format is 'f16'", "--format", "f16")]
    [InlineData(1, "--column means nothing to --format f64", "--format", "f64", "--column", "a")]
    [InlineData(1, "--missing is 'mean'; expected fail or skip", "--missing", "mean")]
    [InlineData(2, "there is no column 'z'. The columns are a, b.", "--column", "z")]
    [InlineData(2, "has 2 columns, a, b. Name one with --column.")]
    [InlineData(2, "huber: At least half of the first 5 numbers are 1", "--column", "a", "--huber")]
    [InlineData(2, "ends 2 bytes after number 3", "--format", "f64")]
    public void What_is_wrong_is_said_in_one_line(int exit, string said, params string[] words)
    {
        var (code, output, error) = Cli.Run(["estimate", Write("x.csv", "a,b\n1,2\n1,3\n1,4\n5,5\n9,7.5\n"), .. words]);
        Assert.Equal((exit, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Infinite_and_no_numbers_are_refused()
    {
        Assert.Contains("number 3: found −∞", Cli.Run("estimate", Write("x", [1, 2, double.NegativeInfinity]), "--format", "f64").Err,
            StringComparison.Ordinal);
        Assert.Contains("holds no numbers", Cli.Run("estimate", Write("x", []), "--format", "f64").Err, StringComparison.Ordinal);
        string none = Write("x", [double.NaN]);
        Assert.Contains("holds no numbers: 1 missing",
            Cli.Run("estimate", none, "--format", "f64", "--missing", "skip").Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_threshold_takes_the_place_of_the_scale()
    {
        string file = Write("x.csv", "a\n0\n0\n0\n6\n");
        // Three ψ of −θ and one of 2: θ = 2/3.
        Assert.Equal(2.0 / 3, Of(Cli.Json("estimate", file, "--huber", "--delta", "2"), "huber", "estimate"), 1e-12);
    }

    // The bytes 1F 8B at the beginning are half of a number and no gzip.
    [Fact]
    public void Raw_numbers_are_taken_as_they_lie()
    {
        byte[] bytes = [0x1F, 0x8B, 0, 0, 0, 0, 0xF0, 0x3F];
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.f64");
        File.WriteAllBytes(file, bytes);
        Assert.Equal(BitConverter.ToDouble(bytes), Of(Cli.Json("estimate", file, "--format", "f64", "--mean"), "mean", "estimate"));
    }

    // Four million numbers through a pipe, in no more memory than forty thousand take.
    [Fact]
    public void Standard_input_of_any_length_takes_no_more_memory()
    {
        (double mean, long few) = Piped(40_000);
        (double same, long many) = Piped(4_000_000);
        double wanted = Spread.Average();
        Assert.Equal(wanted, mean, 1e-13);
        Assert.Equal(wanted, same, 1e-13);
        // 32 MB of numbers pass by.
        Assert.InRange(many - few, long.MinValue, 12L << 20);
    }

    // No two share their bytes, so that a byte out of place is seen.
    static readonly double[] Spread = [.. Enumerable.Range(0, 20_000).Select(i => i * 0.6180339887498949 % 1)];

    static (double Mean, long Peak) Piped(int count)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "descent.dll"), "estimate", "-", "--format", "f64",
            "--quantiles", "0.9", "--mean", "--quiet"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process p = Process.Start(start)!;
        byte[] bytes = MemoryMarshal.AsBytes<double>(Spread).ToArray();
        Stream pipe = p.StandardInput.BaseStream;
        long peak = 0;
        for (int i = 0; i < count / 20_000; i++)
        {
            // A read may end within a number.
            for (int k = 0; k < bytes.Length; k += 12_347)
            {
                pipe.Write(bytes.AsSpan(k, Math.Min(12_347, bytes.Length - k)));
                pipe.Flush();
            }
            p.Refresh();
            peak = Math.Max(peak, p.WorkingSet64);
        }
        p.StandardInput.Close();
        string[] lines = p.StandardOutput.ReadToEnd().Split('\n');
        p.WaitForExit();
        Assert.Equal(0, p.ExitCode);
        return (double.Parse(lines[0], CultureInfo.InvariantCulture), peak);
    }

    // A stream without an end: the first signal ends it with what was seen.
    [Fact]
    public void An_interrupted_stream_is_estimated_so_far()
    {
        if (OperatingSystem.IsWindows()) return;
        ProcessStartInfo start = new("bash", ["-c", "set -m; mkfifo \"$0/p\"; yes 7 > \"$0/p\" & writer=$!; "
            + $"dotnet {Path.Combine(AppContext.BaseDirectory, "descent.dll")} estimate \"$0/p\" --header no --mean > \"$0/out\" & "
            + "for k in $(seq 600); do ls -l /proc/$!/fd | grep -q \"$0/p\" && break; sleep 0.1; done; sleep 0.5; "
            + "kill -INT $!; wait $!; echo code $?; kill $writer", Directory.CreateTempSubdirectory().FullName])
        {
            RedirectStandardOutput = true,
        };
        using Process p = Process.Start(start)!;
        Assert.StartsWith("code 130", p.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        string output = File.ReadAllText(Path.Combine(start.ArgumentList[2], "out"));
        Assert.Contains("interrupted, so these are the first", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^mean +7\.0", output);
    }

    // The page shows what the command prints.
    [Fact]
    public void The_page_shows_what_is_printed()
    {
        string page = File.ReadAllText(Path.Combine(Cli.Root, "docs", "estimate.md"));
        const string Line = "descent estimate samples/iris.csv --column sepal_length --mean --median --trimmed 0.1 --huber\n";
        string shown = page[(page.IndexOf(Line, StringComparison.Ordinal) + Line.Length)..];
        shown = shown[..shown.IndexOf("```", StringComparison.Ordinal)];
        string printed = Cli.Run("estimate", Cli.Sample("iris.csv"), "--column", "sepal_length", "--mean", "--median",
            "--trimmed", "0.1", "--huber").Out;
        Assert.Equal(shown, printed.Replace(Cli.Sample("iris.csv"), "samples/iris.csv", StringComparison.Ordinal));
    }

    static string Numbers(string lines)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "numbers.csv");
        File.WriteAllText(path, "v\n" + lines.Replace(' ', '\n') + "\n");
        return path;
    }

    // Squares and fourth powers of these are ∞ or 0: an estimate of ∞, or an error of 0 for numbers that differ, would be printed.
    [Theory]
    [InlineData("1e308 -1e308 1.5e308")]
    [InlineData("1e-200 2e-200 4e-200")]
    public void Numbers_whose_squares_leave_the_range_are_refused(string lines)
    {
        var (code, _, error) = Cli.Run("estimate", Numbers(lines), "--mean", "--huber");
        Assert.Equal(2, code);
        Assert.Contains("squares of such numbers leave the range", error, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("estimate", Numbers(lines), "--median").Code);
    }

    // m₄ = m₂² by arithmetic, whatever the law: the error of the variance is not 0.
    [Theory]
    [InlineData("1 3")]
    [InlineData("0 1 1 0 0 1")]
    public void Two_values_in_equal_shares_tell_nothing_of_the_variance_s_error(string lines)
    {
        using JsonDocument found = JsonDocument.Parse(Cli.Run("estimate", Numbers(lines), "--mean", "--json").Out);
        JsonElement variance = found.RootElement.GetProperty("estimates")[1];
        Assert.Equal("variance", variance.GetProperty("name").GetString());
        Assert.False(variance.GetProperty("standardError").ValueKind == JsonValueKind.Number, variance.ToString());
        Assert.False(variance.GetProperty("low").ValueKind == JsonValueKind.Number, variance.ToString());
    }

    [Fact]
    public void The_first_row_left_out_is_not_one_without_a_value()
    {
        string error = Cli.Run("estimate", Numbers("1 NA 3 x 4"), "--mean", "--missing", "skip", "--on-bad-row", "skip").Err;
        Assert.Contains("1 row left out; the first: ", error, StringComparison.Ordinal);
        Assert.Contains("line 5, column 'v': found 'x'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ends_of_an_interval_about_a_large_number_differ()
    {
        string text = Cli.Run("estimate", Numbers("3000000 3000001 3000002 3000001"), "--mean").Out;
        Assert.Matches(@"(?m)^mean +3000001\.0000 +0\.408248 +2999999\.7\d+ +3000002\.2\d+", text);
    }
}
