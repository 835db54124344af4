using System.Globalization;
using System.Text;
using System.Text.Json;
using Descent.Numerics;

namespace Descent.Cli.Tests.Commands;

/// <summary>Constructed sick runs, each with one ailment;
/// healthy ones, about which the doctor is silent; and whether its remedies help.</summary>
public sealed class DoctorTests : IDisposable
{
    const string Flowers = "--target sepal_length --features petal_length,petal_width --model linear",
        Versicolor = "--target species=versicolor --model logistic --standardize --l2 0.01";

    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public DoctorTests()
    {
        Draws g = new(3);
        // Columns ten thousand times apart; forty columns for ninety rows; classes that overlap.
        Write("scales.csv", "small,large,y", 200, () =>
        {
            double a = g.NextNormal(), b = g.NextNormal();
            return [0.01 * a, 300 + (100 * b), a + b + (0.8 * g.NextNormal()) > 0 ? 1 : 0];
        });
        Write("wide.csv", string.Join(',', Enumerable.Range(0, 40).Select(j => "x" + j)) + ",y", 90, () =>
        {
            double[] x = [.. Enumerable.Range(0, 40).Select(_ => g.NextNormal())];
            return [.. x, (0.3 * x[0]) + (2 * g.NextNormal())];
        });
        Write("noisy.csv", string.Join(',', Enumerable.Range(0, 10).Select(j => "x" + j)) + ",class", 240, () =>
        {
            double[] x = [.. Enumerable.Range(0, 10).Select(_ => g.NextNormal())];
            return [.. x, x[0] + (1.2 * g.NextNormal()) > 0 ? 1 : 0];
        });
    }

    public void Dispose() => Directory.Delete(folder, true);

    void Write(string name, string head, int rows, Func<double[]> row)
    {
        StringBuilder text = new(head + "\n");
        for (int i = 0; i < rows; i++)
            text.AppendJoin(',', row().Select(v => v.ToString("0.#####", CultureInfo.InvariantCulture))).Append('\n');
        File.WriteAllText(Path.Combine(folder, name), text.ToString());
    }

    string[] Fit(string line)
    {
        string[] parts = line.Split(' ');
        string path = Path.Combine(folder, parts[0]);
        return ["fit", File.Exists(path) ? path : Cli.Sample(parts[0]), .. parts[1..]];
    }

    static string[] Findings(string output) =>
        [.. JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray()
            .Select(f => f.GetProperty("ailment").GetString()!)];

    public static TheoryData<string, string, bool> Sick => new()
    {
        { "Diverged", $"iris.csv {Flowers} --method gd --lr 1", true },
        { "Diverged", "noisy.csv --target x9 --model mlp-regression --method sgd --lr 50 --epochs 5", true },
        // Remedied it runs, but raw columns leave plain SGD slow: the doctor goes on asking for more epochs.
        { "Diverged", $"iris.csv {Flowers} --method sgd --lr 0.5", false },
        { "EdgeOfStability", $"iris.csv {Flowers} --method gd --standardize --lr 1.018 --epochs 60", true },
        { "NoiseFloor", $"iris.csv {Versicolor} --method sgd --lr 0.3 --epochs 200", true },
        { "TooSlow", $"iris.csv {Flowers} --method gd --standardize --lr 1e-4 --epochs 200", true },
        { "TooSlow", $"iris.csv {Versicolor} --method sgd --lr 1e-6", true },
        { "IllConditioned", "scales.csv --target y --model logistic --method gd --l2 1e-4", true },
        { "Separable", "iris.csv --target species=setosa --features petal_length,petal_width --model logistic", true },
        { "OverFitting", "wide.csv --target y --model linear --valid 0.4", true },
        { "OverFitting", "noisy.csv --target class --model mlp --hidden 64 --epochs 1000 --lr 0.01 --valid 0.3", true },
        { "DeadUnits", "circle.csv --target class --model mlp --hidden 16 --method sgd --lr 30 --epochs 20", true },
        { "WrongHorizon", $"iris.csv {Versicolor} --method sgd --schedule cosine:over=0.5 --epochs 100", true },
        { "WrongHorizon", $"iris.csv {Versicolor} --method sgd --lr 0.3 --schedule linear:over=5000 --epochs 100", true },
        { "BudgetTooSmall", $"iris.csv {Flowers} --method gd --standardize --epochs 10 --gap 1e-8", true },
        { "BudgetTooSmall", $"iris.csv {Versicolor} --method svrg --epochs 1 --gap 1e-6", true },
        { "BudgetTooSmall", "iris.csv --target species=versicolor --model logistic --method fista --l1 0.001 --epochs 5 --gap 1e-9", true },
    };

    [Theory]
    [MemberData(nameof(Sick))]
    public void A_sick_run_is_told_what_it_has_and_the_remedy_helps(string ailment, string line, bool cured)
    {
        string[] found = Findings(Cli.Run([.. Fit(line), "--json"]).Out);
        Assert.Equal(ailment, found.FirstOrDefault());
        string[] left = Findings(Cli.Run([.. Fit(line), "--fix", "--json"]).Out);
        Assert.DoesNotContain(ailment, left);
        Assert.Equal(cured, left.Length == 0);
    }

    public static TheoryData<string> Healthy =>
    [
        "iris.csv --target species=setosa --features sepal_length --model logistic",
        "iris.csv --target sepal_length --model linear",
        "iris.csv --target species --model softmax --l2 0.01",
        "iris.csv --target sepal_length --features petal_length,petal_width --model absolute",
        $"iris.csv {Versicolor} --method sgd",
        $"iris.csv {Versicolor} --method averaged-sgd",
        $"iris.csv {Versicolor} --method svrg",
        $"iris.csv {Versicolor} --method saga --gap 1e-6",
        $"iris.csv {Versicolor} --method adam --lr 0.05",
        $"iris.csv {Versicolor} --method sgd --schedule theory --epochs 300",
        $"iris.csv {Flowers} --method gd --standardize",
        "iris.csv --target sepal_length --model linear --l1 0.01",
        "iris.csv --target species=versicolor --model hinge --l2 0.1",
        "iris.csv --target species=versicolor --model logistic --l2 0.1 --valid 0.3",
        "circle.csv --target class --model mlp --hidden 16 --epochs 50 --valid 0.2",
        "iris.csv --target species --model mlp --hidden 16 --method heavy-ball --epochs 50",
        "noisy.csv --target class --model mlp --hidden 64 --epochs 300 --valid 0.3 --patience 3",
        "wide.csv --target y --model linear --valid 0.4 --l2 3",
    ];

    [Theory]
    [MemberData(nameof(Healthy))]
    public void About_a_healthy_run_the_doctor_is_silent(string line)
    {
        var (code, output, error) = Cli.Run([.. Fit(line), "--json"]);
        Assert.True(code == 0, error);
        Assert.Empty(Findings(output));
    }

    [Fact]
    public void A_finished_run_can_be_examined_later()
    {
        string run = Path.Combine(folder, "run");
        Assert.Equal(3, Cli.Run([.. Fit($"iris.csv {Flowers} --method gd --lr 1 --quiet"), "--run", run]).Code);
        var (code, text, _) = Cli.Run("doctor", run);
        Assert.Equal(0, code);
        Assert.Contains("Diverged: F went from 17.41 to Infinity", text, StringComparison.Ordinal);
        Assert.Contains("the largest stable step is 0.1", text, StringComparison.Ordinal);
        // The command to try has the option that did harm taken out.
        string line = text.Split('\n').Single(l => l.StartsWith("Try: descent fit ", StringComparison.Ordinal));
        Assert.DoesNotContain("--lr", line, StringComparison.Ordinal);
        Assert.Equal(1, Cli.Run("doctor", folder).Code);
        File.WriteAllText(Path.Combine(run, "history.json"), "{ \"method\": 3 }");
        (code, _, string error) = Cli.Run("doctor", run);
        Assert.Equal(2, code);
        Assert.Contains("history.json, line 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rerun_is_shown_beside_the_first_run()
    {
        var (code, text, _) = Cli.Run([.. Fit($"iris.csv {Flowers} --method gd --lr 1"), "--fix"]);
        Assert.Equal(0, code);
        Assert.Contains("diverged before, F = 0.0796", text, StringComparison.Ordinal);
        Assert.Contains("nothing is wrong any more", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("descent fit a.csv --lr 0.5 --method gd", "--lr", null, "descent fit a.csv --method gd")]
    [InlineData("descent fit a.csv --eta=0.5 --method gd", "--lr", "0.1", "descent fit a.csv --method gd --lr 0.1")]
    [InlineData("descent fit \"my file.csv\" --fix --method gd", "--fix", null, "descent fit \"my file.csv\" --method gd")]
    [InlineData("descent fit a.csv --standardize --l2 1", "--standardize", "", "descent fit a.csv --l2 1 --standardize")]
    public void Options_of_a_command_line_are_exchanged(string line, string option, string? value, string expected) =>
        Assert.Equal(expected, Descent.Cli.Output.CommandText.With(line, option, value));

    // Squares of 1e160 are ∞: no curvature is known, so none allows a step, and nothing is printed as NaN.
    [Fact]
    public void A_curvature_beyond_the_range_allows_no_step()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "rows.csv");
        File.WriteAllText(path, "x,y\n1e160,1\n-2e160,3\n3e160,2\n5e159,4\n");
        var (code, text, _) = Cli.Run("fit", path, "--target", "y", "--method", "saga", "--steps", "3");
        Assert.Equal(3, code);
        Assert.Contains("the curvature is not known, or beyond the range of doubles", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }
}
