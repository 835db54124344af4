using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Descent.Cli.Tests.Commands;

/// <summary>Proofs of fits of every family are confirmed, by this program and by the script, and refused after any change.</summary>
public sealed class ProofTests : IDisposable
{
    static readonly string[] Lines =
    [
        "iris -t petal_width",
        "iris -t petal_width --l2 0.1 --standardize",
        "iris -t petal_width --l1 0.01 --features sepal_length,sepal_width",
        "iris -t species=versicolor --features sepal_length,sepal_width -m logistic",
        "iris -t species=versicolor --features sepal_length,sepal_width --l2 1/n --valid 0.2 --class-weight balanced",
        "iris -t species --features sepal_length",
        "iris -t species --features sepal_length,sepal_width --l2 0.01 --penalize-intercept",
        "iris -t species --features sepal_length,sepal_width --l1 0.01 --l2 0.01",
        "counts -t n -m poisson --features x,group --missing skip",
        "counts -t n -m poisson --features x --l2 0.05 --l1 0.01 --weight-col w",
        "iris -t petal_width -m huber --delta 0.1",
        "iris -t petal_width -m huber --delta 0.1 --l2 0.01 --no-intercept",
        "iris -t petal_width -m absolute",
        "iris -t petal_width -m quantile --tau 0.3 --l2 0.01",
        "iris -t species=versicolor -m hinge",
        "iris -t species=versicolor -m hinge --l2 0.01",
        "counts -t n --features x,twice,one,group --missing skip --weight-col w",
        "signs -m linear",
        "signs -m logistic --l2 0.1 --standardize",
        "spelt -t y --features g,x --categorical g --decimal , --missing skip --missing-words ./.",
        "spelt -t y=1 --features g,x --categorical g,y --missing-words ./. --missing skip --l2 0.1",
    ];

    // Levels of one value in several spellings, a decimal comma, comments above the names, a word for missing values.
    const string Spelt =
        "# two\n# lines\ng;x;y\n1;0,5;1\n1,0;1,5;0\n01;2;1\n2,5;-1;2\n2,50;3;1\na,b;0,25;0\na,b;1e1;1\n./.;4;1\n+1;2,75;0\n25e-1;-3;1,0\n";

    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public ProofTests()
    {
        // Every third flower: as telling, and cheaper.
        string[] flowers = File.ReadAllLines(Cli.Sample("iris.csv"));
        File.WriteAllLines(Data("iris"), flowers.Where((_, i) => i % 3 == 0));
        File.WriteAllText(Data("spelt"), Spelt);
    }

    public static TheoryData<string> Fits => [.. Lines];

    string Data(string name) => name is "iris" or "spelt"
        ? Path.Combine(folder, name + ".csv")
        : Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name == "signs" ? "signs.svm" : "counts.csv");

    (string Proof, string Data) Fit(string line)
    {
        string[] words = line.Split(' ');
        string data = Data(words[0]), proof = Path.Combine(folder, "proof.json");
        (int code, string output, string error) = Cli.Run(["fit", data, .. words[1..], "--proof", proof, "-q"]);
        Assert.True(code is 0 or 4, error);
        Assert.Contains("descent verify-proof", output, StringComparison.Ordinal);
        return (proof, data);
    }

    static void Refused(string expected, string proof, string data)
    {
        (int code, _, string error) = Cli.Run("verify-proof", proof, data);
        Assert.Equal(2, code);
        Assert.Contains("not proved", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    // The data with one digit changed, a third down, where no weight is 0; the first cell of a row is read by every fit of the list.
    string OneCellChanged(string data)
    {
        string[] rows = File.ReadAllLines(data);
        int third = (rows.Length / 3) + 1, at = rows[third].AsSpan().IndexOfAnyInRange('0', '9');
        StringBuilder row = new(rows[third]);
        row[at] = row[at] == '9' ? '8' : (char)(row[at] + 1);
        rows[third] = row.ToString();
        string changed = Path.Combine(folder, "changed" + Path.GetExtension(data));
        File.WriteAllLines(changed, rows);
        return changed;
    }

    string Changed(string proof, Action<JsonNode> change, string name = "changed.json")
    {
        JsonNode node = JsonNode.Parse(File.ReadAllText(proof))!;
        change(node);
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, node.ToJsonString());
        return path;
    }

    static void Nudge(JsonNode point, int at, double by) => point[at] = (double)point[at]! + by;

    // As one would who knows of the digests.
    static void Seal(JsonNode n)
    {
        ProofDigests d = ProofDigests.Of([.. n["primal"]!.AsArray().Select(x => (double)x!)],
            [.. n["dual"]!.AsArray().Select(x => (double)x!)]);
        (n["digests"]!["primal"], n["digests"]!["dual"]) = (d.Primal, d.Dual);
    }

    // A text with one of its digits changed.
    static string OtherDigit(string text, int digit)
    {
        int at = Enumerable.Range(0, text.Length).Where(i => char.IsDigit(text[i])).ElementAt(digit);
        return text[..at] + (text[at] == '9' ? '8' : (char)(text[at] + 1)) + text[(at + 1)..];
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void A_fit_is_proved_and_every_change_refused(string line)
    {
        (string proof, string data) = Fit(line);
        (int code, string output, _) = Cli.Run("verify-proof", proof, data);
        Assert.Equal(0, code);
        JsonNode node = JsonNode.Parse(File.ReadAllText(proof))!;
        string bound = (string)node["bound"]!;
        Assert.StartsWith($"Proved: F(w) − inf F ≤ {bound} ", output, StringComparison.Ordinal);
        double value = double.Parse((string)node["objective"]!, CultureInfo.InvariantCulture),
            gap = double.Parse(bound, CultureInfo.InvariantCulture);
        Assert.InRange(gap, 0, 1.001e-9 * Math.Abs(value));

        // The last digit of the four, and the last of the exponent.
        foreach (int digit in (int[])[bound.IndexOf('e', StringComparison.Ordinal) - 2, bound.Count(char.IsDigit) - 1])
            Refused("prove the bound " + bound, Changed(proof, n => n["bound"] = OtherDigit(bound, digit)), data);
        Refused("The rounding allowance", Changed(proof, n => n["allowance"] = OtherDigit((string)n["allowance"]!, 0)), data);
        Refused("The objective", Changed(proof, n => n["objective"] = OtherDigit((string)n["objective"]!, 16)), data);
        Refused("digest differs", proof, OneCellChanged(data));
        Refused("The dual point was changed", Changed(proof, n => Nudge(n["dual"]!, 3, 1e-12)), data);
        Refused("The primal point was changed", Changed(proof, n => Nudge(n["primal"]!, 0, 1e-12)), data);
        // With digests made to fit, the numbers themselves are refused.
        Refused("", Changed(proof, n =>
        {
            Nudge(n["dual"]!, 4, 1e-4);
            Seal(n);
        }), data);
        Refused("The objective", Changed(proof, n =>
        {
            Nudge(n["primal"]!, 0, 1e-4);
            Seal(n);
        }), data);
    }

    [PythonFact]
    public void The_script_confirms_and_refuses_the_same()
    {
        StringBuilder calls = new();
        List<string> expected = [];
        foreach ((string line, int k) in Lines.Select((l, k) => (l, k)))
        {
            (string proof, string data) = Fit(line);
            string own = Path.Combine(folder, k + ".json"), cell = Path.Combine(folder, k + Path.GetExtension(data));
            File.Move(proof, own);
            File.Move(OneCellChanged(data), cell);
            string bound = (string)JsonNode.Parse(File.ReadAllText(own))!["bound"]!;
            Call(own, data, "0 Proved: F(w) - inf F <= " + bound);
            Call(Changed(own, n => n["bound"] = OtherDigit(bound, 3), k + "b.json"), data, "2 not proved: the bound is " + bound);
            Call(Changed(own, n => Nudge(n["dual"]!, 3, 1e-12), k + "d.json"), data, "2 not proved: the dual point was changed");
            Call(own, cell, "2 not proved: ");
        }
        string[] found = Python.CheckAll(calls.ToString());
        Assert.Equal(expected.Count, found.Length);
        foreach ((string e, string f) in expected.Zip(found)) Assert.StartsWith(e, f, StringComparison.Ordinal);

        void Call(string proof, string data, string answer)
        {
            calls.Append(CultureInfo.InvariantCulture, $"{proof}\t{data}\n");
            expected.Add(answer);
        }
    }

    [Fact]
    public void The_script_has_at_most_200_lines_and_imports_the_standard_library_alone()
    {
        string[] script = File.ReadAllLines(Python.Script);
        Assert.True(script.Length <= 200, $"{script.Length} lines");
        Assert.All(script, l => Assert.True(l.Length <= 140, l));
        string[] imports =
            [.. script.Where(l => l.StartsWith("import ", StringComparison.Ordinal) || l.StartsWith("from ", StringComparison.Ordinal))];
        Assert.Equal(["import csv, decimal, functools, gzip, io, json, math, re, struct, sys", "from decimal import Decimal",
            "from fractions import Fraction", "from hashlib import sha256"], imports);
    }

    [Fact]
    public void The_checker_shares_no_code_with_models_and_certificates()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Cli.Root, "src", "Descent.Fitting", "Proofs"), "*.cs")
            .Where(f => !f.EndsWith("ProofWriter.cs", StringComparison.Ordinal)))
            foreach (string word in (string[])["Descent.Models", "Descent.Runs", "Descent.Algorithms", "Certif"])
                Assert.DoesNotContain(word, File.ReadAllText(file), StringComparison.Ordinal);
    }

    // Least squares on four points after two steps of gradient descent; F* by the normal equations, worked by hand.
    [Fact]
    public void Far_from_the_optimum_the_bound_of_least_squares_is_the_gap_itself()
    {
        string data = Path.Combine(folder, "line.csv"), proof = Path.Combine(folder, "line.json");
        File.WriteAllText(data, "x,y\n1,2\n2,4.1\n3,5.9\n4,8\n");
        Cli.Run("fit", data, "-t", "y", "--method", "gd", "--steps", "2", "--proof", proof);
        JsonNode n = JsonNode.Parse(File.ReadAllText(proof))!;
        double w = (double)n["primal"]![0]!, b = (double)n["primal"]![1]!, f = 0;
        double[] x = [1, 2, 3, 4], y = [2, 4.1, 5.9, 8];
        for (int i = 0; i < 4; i++) f += ((w * x[i]) + b - y[i]) * ((w * x[i]) + b - y[i]) / 8;
        // Sxy²/Sxx = 9.9²/5, Syy = 19.62: the least sum of squares is 0.018.
        double gap = f - (0.018 / 8), bound = double.Parse((string)n["bound"]!, CultureInfo.InvariantCulture);
        Assert.InRange(bound / gap, 1 - 1e-12, 1.001);
        Assert.Equal(0, Cli.Run("verify-proof", proof, data).Code);
    }

    // The infimum over the unseparated flowers, 0.0396618226: newcomers' first fit; the numbers of setosa run away.
    [Fact]
    public void A_separated_class_is_proved_to_its_infimum()
    {
        string data = Cli.Sample("iris.csv"), proof = Path.Combine(folder, "species.json");
        Assert.Equal(0, Cli.Run("fit", data, "-t", "species", "--proof", proof).Code);
        Assert.Equal(0, Cli.Run("verify-proof", proof, data).Code);
        JsonNode n = JsonNode.Parse(File.ReadAllText(proof))!;
        double low = double.Parse((string)n["objective"]!, CultureInfo.InvariantCulture)
            - double.Parse((string)n["bound"]!, CultureInfo.InvariantCulture);
        Assert.Equal(0.0396618226, low, 2e-10);
    }

    [Theory]
    [InlineData("--missing mean", "not in the data")]
    [InlineData("-m mlp --hidden 3", "not convex")]
    public void What_cannot_be_proved_is_refused_before_the_fit(string options, string why)
    {
        (int code, _, string error) =
            Cli.Run(["fit", Cli.Sample("iris.csv"), "-t", "species", .. options.Split(' '), "--proof", Path.Combine(folder, "p.json")]);
        Assert.Equal(1, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "p.json")));
    }

    [Theory]
    [InlineData("bound", "is not a proof")]
    [InlineData("dual", "is not a proof")]
    [InlineData("problem", "is not a proof")]
    public void A_damaged_file_is_refused_with_a_sentence(string removed, string why)
    {
        (string proof, string data) = Fit(Lines[0]);
        (int code, _, string error) = Cli.Run("verify-proof", Changed(proof, n => n.AsObject().Remove(removed)), data);
        Assert.Equal(2, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_terms_than_those_proved_are_refused()
    {
        (string proof, string data) = Fit("iris -t petal_width -m quantile --tau 0.3 --l2 0.01");
        Refused("The objective", Changed(proof, n => n["problem"]!["l2"] = 0.011), data);
        Refused("", Changed(proof, n => n["problem"]!["tau"] = 0.31), data);
        Refused("a τ outside", Changed(proof, n => n["problem"]!["tau"] = 1.5), data);
        Refused("", Changed(proof, n => n["problem"]!["model"] = "absolute"), data);
        Refused("not known", Changed(proof, n => n["problem"]!["model"] = "cubic"), data);
        Refused("a primal point of", Changed(proof, n => n["problem"]!["intercept"] = false), data);
        Refused("rows", Changed(proof, n => n["data"]!["rows"] = 49), data);
    }

    [Fact]
    public void Dual_points_that_are_not_feasible_are_refused()
    {
        (string proof, string data) = Fit("iris -t petal_width -m absolute --l2 0.1 --penalize-intercept");
        Refused("outside the domain", Changed(proof, n =>
        {
            n["dual"]![0] = 1.5;
            Seal(n);
        }), data);
        (proof, data) = Fit("iris -t petal_width --features sepal_length --l1 0.5 --no-intercept");
        Refused("beyond the L1 penalty", Changed(proof, n =>
        {
            for (int i = 0; i < n["dual"]!.AsArray().Count; i++) n["dual"]![i] = 2 * (double)n["dual"]![i]!;
            Seal(n);
        }), data);
    }

    [Fact]
    public void Other_commands_say_that_they_write_no_proof()
    {
        foreach (string command in (string[])["compare", "tune", "plan"])
        {
            (int code, _,
             string error) = Cli.Run([command, Cli.Sample("iris.csv"), "-t", "petal_width", "--proof", "p.json",
                 .. command == "compare" ? ["--methods", "gd"] : command == "plan" ? ["--accuracy", "0.1"] : (string[])["--lr", "0.1..1"]]);
            Assert.Equal(1, code);
            Assert.Contains("--proof", error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(folder, true);
}
