using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Descent.Data;
using Descent.Fitting;
using Descent.Fitting.Design;
using Descent.Fitting.Families;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Columns of many levels that are hashed: their numbers, the model that keeps them, rows that stay sparse.</summary>
public sealed class HashTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-hash").FullName;

    string At(string name) => Path.Combine(folder, name);

    string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    static string Rows(int count) => "user,item,x,y\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
        $"u{i * 7 % 30},{i * 3 % 20},{i % 4},{((i * 7 % 30) > 14 ? 1 : 0)}\n"));

    JsonNode Fit(params string[] options)
    {
        var (code, _, error) = Cli.Run(["fit", Write("d.csv", Rows(400)), "--target", "y", "--model", "logistic", "--l2", "0.01", "--out",
            At("m.json"), "--quiet", .. options]);
        Assert.True(code is 0 or 4, error);
        return JsonNode.Parse(File.ReadAllText(At("m.json")))!;
    }

    // Levels have the columns of vw -b 20 for |user u7 and |item 3, where a name of digits is a number.
    [Fact]
    public void Levels_have_the_columns_of_vowpal_wabbit()
    {
        JsonNode model = Fit("--hash", "user,item");
        foreach (string column in (string[])["user", "item"])
        {
            IEnumerable<string> levels = column == "user" ? Enumerable.Range(0, 30).Select(k => $"u{k}") : Enumerable.Range(0, 20)
                .Select(k => $"{k}");
            string line = $"1 |{column} {string.Join(' ', levels)}\n";
            int[] expected = VwReader.Read(DataSource.OpenAll([Write("l.vw", line)]), new VwOptions()).Numbers!;
            Assert.Equal(expected, model["features"]!.AsArray().Where(f => (string?)f!["column"] == column).Select(f => (int)f!["hash"]!));
        }
    }

    // Without collisions a hashed factor is the same columns as a factor without a reference: the same optimum of the same objective.
    // Newton's method, written out below, minimises the mean log-loss + 0.005‖w‖² over the 51 columns and a free intercept.
    [Fact]
    public void A_hashed_factor_is_the_ridge_fit_of_all_its_levels()
    {
        Fit("--hash", "user,item", "--gap", "1e-12");
        double[] found = Predict("user,item,x\nu0,0,0\nu29,19,3\nu14,7,1\nnew,new,2\n");
        double[] expected = Newton();
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i], found[i], 1e-5);
    }

    [Fact]
    public void What_the_model_has_not_seen_is_nothing()
    {
        Fit("--hash", "user,item");
        double[] p = Predict("user,item,x\nnobody,none,0\nnobody2,none2,0\nu0,0,0\n");
        Assert.Equal(p[0], p[1]);
        Assert.NotEqual(p[0], p[2]);
        JsonElement judged = Cli.Json("evaluate", At("m.json"), At("d.csv"));
        Assert.InRange(judged.GetProperty("fit").GetProperty("accuracy").GetDouble(), 0.95, 1);
    }

    // 73 000 rows with two factors of 3 000 and 1 000 levels: three entries a row, not four thousand.
    [Fact]
    public void Rows_of_thousands_of_levels_stay_sparse()
    {
        string rows = "s,d,y\n" + string.Concat(Enumerable.Range(0, 73_000).Select(i => $"s{i * 31 % 3000},d{i * 17 % 1000},{i % 5}\n"));
        FitSpec spec = new(new DataSpec([Write("big.csv", rows)]) { Target = "y", HashColumns = ["s", "d"] },
            new ModelSpec { Family = ModelFamilies.Linear });
        LoadedData data = DataLoader.Load(spec);
        Assert.Null(data.Dense);
        Assert.Equal(2 * 73_000, data.Sparse!.Value.Entries);
        Assert.InRange(data.Columns, 3900, 4000);
    }

    [Theory]
    [InlineData("there is no column 'z'", "--hash", "z")]
    [InlineData("--hash names the target 'y'", "--hash", "y")]
    [InlineData("named in --hash and as a feature", "--hash", "user", "--features", "user,x")]
    [InlineData("named in --text and in --hash", "--hash", "user", "--text", "user")]
    [InlineData("--hash names 'user' twice", "--hash", "user,user")]
    [InlineData("--hash and --formula", "--hash", "user", "--formula", "y ~ x")]
    public void Names_that_cannot_be_hashed_are_refused(string sentence, params string[] options)
    {
        string[] target = options.Contains("--formula") ? [] : ["--target", "y"];
        var (code, _, error) = Cli.Run(["fit", Write("d.csv", Rows(40)), .. target, .. options]);
        Assert.Equal((1, true), (code, error.Contains(sentence, StringComparison.Ordinal)));
    }

    double[] Predict(string rows)
    {
        var (code, output, error) = Cli.Run("predict", At("m.json"), Write("n.csv", rows));
        Assert.True(code == 0, error);
        return [.. output.Trim().Split('\n').Skip(1).Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture))];
    }

    // Written out: Newton's method over 30 users, 20 items, x and the intercept.
    static double[] Newton()
    {
        const int D = 52;
        double[,] x = new double[400, D];
        double[] y = new double[400], w = new double[D];
        for (int i = 0; i < 400; i++)
        {
            x[i, i * 7 % 30] = x[i, 30 + (i * 3 % 20)] = x[i, 51] = 1;
            x[i, 50] = i % 4;
            y[i] = (i * 7 % 30) > 14 ? 1 : 0;
        }
        for (int step = 0; step < 40; step++)
        {
            double[] g = new double[D];
            double[,] h = new double[D, D];
            for (int i = 0; i < 400; i++)
            {
                double z = 0;
                for (int j = 0; j < D; j++) z += x[i, j] * w[j];
                double p = 1 / (1 + Math.Exp(-z));
                for (int j = 0; j < D; j++)
                {
                    if (x[i, j] == 0) continue;
                    g[j] += (p - y[i]) * x[i, j] / 400;
                    for (int k = 0; k < D; k++) h[j, k] += p * (1 - p) * x[i, j] * x[i, k] / 400;
                }
            }
            for (int j = 0; j < D - 1; j++)
            {
                g[j] += 0.01 * w[j];
                h[j, j] += 0.01;
            }
            double[] s = Solve(h, g);
            for (int j = 0; j < D; j++) w[j] -= s[j];
        }
        double P(double z) => 1 / (1 + Math.Exp(-z));
        return [P(w[0] + w[30] + w[51]), P(w[29] + w[49] + (3 * w[50]) + w[51]), P(w[14] + w[37] + w[50] + w[51]), P((2 * w[50]) + w[51])];
    }

    static double[] Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        double[] x = [.. b];
        for (int k = 0; k < n; k++)
            for (int i = k + 1; i < n; i++)
            {
                double f = a[i, k] / a[k, k];
                for (int j = k; j < n; j++) a[i, j] -= f * a[k, j];
                x[i] -= f * x[k];
            }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) x[i] -= a[i, j] * x[j];
            x[i] /= a[i, i];
        }
        return x;
    }

    public void Dispose() => Directory.Delete(folder, true);
}
