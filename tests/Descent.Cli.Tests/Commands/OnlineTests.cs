using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Descent.Fitting;
using Descent.Fitting.Families;

namespace Descent.Cli.Tests.Commands;

/// <summary>Learning from a stream: what is printed, written and refused, and the filter that predicts.</summary>
public sealed class OnlineTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-online").FullName;

    string At(string name) => Path.Combine(folder, name);

    string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    JsonNode Model(string name) => JsonNode.Parse(File.ReadAllText(At(name)))!;

    static double[] Weights(JsonNode model) => [.. model["weights"]![0]!.AsArray().Select(w => (double)w!)];

    // Vowpal Wabbit's own test of FTRL, train-sets/ref/0001_ftrl.stderr of its repository: vw -k -d train-sets/0001.dat --passes 1 --ftrl
    // --ftrl_alpha 0.01 --ftrl_beta 0 --l1 2. Its squared loss is (p − y)², twice the one here, so that its λ₁ is twice this one.
    [SharedFact("vw-0001.dat.gz")]
    public void The_progressive_loss_is_that_which_vowpal_wabbit_publishes()
    {
        JsonElement found = Cli.Json("fit", Cli.Shared("vw-0001.dat.gz")!, "--online", "--model", "linear", "--method", "ftrl", "--lr",
            "0.01", "--set", "beta=0,l1=1", "--hash-bits", "18");
        double[] published = [1.000000, 0.500000, 0.250000, 0.250012, 0.308000, 0.330613, 0.334181, 0.363877];
        Assert.Equal(published, found.GetProperty("trace").EnumerateArray()
            .Select(t => Math.Round(2 * t.GetProperty("progressiveLoss").GetDouble(), 6)));
        Assert.Equal(0.379717, 2 * found.GetProperty("progressiveLoss").GetDouble(), 6);
        Assert.Equal(200, found.GetProperty("rows").GetInt64());
    }

    // Its default, at every tenth row (train-sets/ref/progress-10.stderr: vw -k -d train-sets/0001.dat --progress 10), which it computes in
    // single precision. After row 160 it holds predictions within the labels seen so far, which is not done here.
    [SharedFact("vw-0001.dat.gz")]
    public void So_is_that_of_its_default()
    {
        double[][] lines = [.. Cli.Run("fit", Cli.Shared("vw-0001.dat.gz")!, "--online", "--model", "linear", "--progress", "10").Out
            .Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(c => c.Length == 7 && c[0][0] == '0')
            .Select(c => c.Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray())];
        double[] published = [0.251938, 0.235272, 0.240930, 0.229258, 0.225418, 0.232323, 0.229975, 0.226344, 0.217409, 0.216703, 0.218356,
            0.226824, 0.223091, 0.218306, 0.212760, 0.211695], predicted = [0.2253, 0.2122, 0.3390, 0.5489, 0.2070, 0.3381, 0.4733, 0.2216,
            0.2602, 0.3171, 0.5796, 0.4137, 0.4105, 0.3486, 0.4022, 0.6071];
        for (int k = 0; k < published.Length; k++)
        {
            Assert.Equal(10 * (k + 1), lines[k][2]);
            Assert.Equal(published[k], 2 * lines[k][0], 4e-6);
            Assert.Equal(predicted[k], lines[k][5], 1e-4);
        }
    }

    // The current predictions of the same file: 0.0000, 0.0070, 0.0173, 0.0413, 0.0670 and 0.1077 at rows 4, 8, 16, 32, 64 and 128.
    [SharedFact("vw-0001.dat.gz")]
    public void So_are_the_predictions_of_its_lines()
    {
        var (code, output, _) = Cli.Run("fit", Cli.Shared("vw-0001.dat.gz")!, "--online", "--model", "linear", "--method", "ftrl", "--lr",
            "0.01", "--set", "beta=0,l1=1");
        Assert.Equal(0, code);
        double[] predicted = [.. output.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length == 7 && double.TryParse(c[0], CultureInfo.InvariantCulture, out _))
            .Select(c => Math.Round(double.Parse(c[5], CultureInfo.InvariantCulture), 4))];
        Assert.Equal([0, 0, 0, 0.0070, 0.0173, 0.0413, 0.0670, 0.1077], predicted[..8]);
    }

    static string Numbers(int rows) => "a,b,y\n" + string.Concat(Enumerable.Range(0, rows)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i)},{i % 5},{(i % 3 == 0 ? 1 : 0)}\n")));

    [Fact]
    public void A_program_that_learns_the_rows_has_the_bits_of_the_command()
    {
        Assert.Equal(0, Cli.Run("fit", Write("d.csv", Numbers(300)), "--online", "--model", "logistic", "--target", "y", "--method", "ftrl",
            "--out", At("m.json"), "--quiet").Code);
        using OnlineFit fit = OnlineFit.Named(ModelFamilies.Logistic, ["a", "b"], new FitOptions { Method = "ftrl" });
        for (int i = 0; i < 300; i++) fit.Learn([Math.Sin(i), i % 5], i % 3 == 0 ? 1 : 0);
        fit.Save(At("p.json"));
        Assert.Equal(Weights(Model("p.json")), Weights(Model("m.json")));
        Assert.Equal((double)Model("p.json")["intercepts"]![0]!, (double)Model("m.json")["intercepts"]![0]!);
    }

    // The same rows as CSV, JSON lines and LIBSVM.
    [Fact]
    public void The_form_of_the_rows_changes_no_bit()
    {
        double[] A(int i) => [Math.Sin(i), 1 + (i % 5)];
        string csv = "a,b,y\n", json = "", svm = "";
        for (int i = 0; i < 200; i++)
        {
            string[] x = [.. A(i).Append(i % 2).Select(v => v.ToString("R", CultureInfo.InvariantCulture))];
            csv += string.Join(',', x) + "\n";
            json += $"{{\"a\":{x[0]},\"b\":{x[1]},\"y\":{x[2]}}}\n";
            svm += $"{x[2]} {(i == 0 ? "" : $"1:{x[0]} ")}2:{x[1]}\n";
        }
        double[][] found = [.. new[] { ("c.csv", csv), ("j.jsonl", json), ("s.svm", svm) }.Select(f =>
        {
            string[] target = f.Item1 == "s.svm" ? [] : ["--target", "y"];
            var (code, _, error) = Cli.Run(["fit", Write(f.Item1, f.Item2), "--online", "--model", "logistic", "--out", At("m.json"),
                "--quiet", .. target]);
            Assert.True(code == 0, error);
            return Weights(Model("m.json"));
        })];
        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
    }

    // A level that comes after the columns were fixed has a place of its own, and predict knows it.
    [Fact]
    public void A_level_that_comes_late_is_learnt()
    {
        string rows = "g,x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{(i % 2 == 0 ? "p" : "q")},{i % 4},{i % 2}\n"))
            + string.Concat(Enumerable.Repeat("late,1,1\n", 50));
        var (code, _, error) = Cli.Run("fit", Write("d.csv", rows), "--online", "--model", "logistic", "--target", "y", "--out",
            At("m.json"), "--quiet");
        Assert.True(code == 0, error);
        Assert.Contains("g holds text, whose levels are hashed", error + Cli.Run("fit", At("d.csv"), "--online", "--model", "logistic",
            "--target", "y").Err, StringComparison.Ordinal);
        Assert.Equal(3, Model("m.json")["features"]!.AsArray().Count(f => f!["hash"] is not null));
        string[] predicted = Cli.Run("predict", At("m.json"), Write("n.csv", "g,x\nlate,1\nq,1\np,1\nunseen,1\n")).Out.Trim().Split('\n');
        double[] p = [.. predicted.Skip(1).Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.True(p[0] > p[3] && p[1] > p[3] && p[3] > p[2], string.Join(' ', p));
    }

    // After 512 rows the labels turn: the mean since the start hides what the mean since the last line shows.
    [Fact]
    public void Drift_shows_in_the_mean_since_the_last_line()
    {
        string rows = "x,y\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"1,{(i < 900 ? 1 : 0)}\n"));
        string output = Cli.Run("fit", Write("d.csv", rows), "--online", "--model", "logistic", "--target", "y", "--method", "sgd", "--lr",
            "0.5", "--progress", "100").Out;
        double[][] lines = [.. output.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length == 7 && double.TryParse(c[0], CultureInfo.InvariantCulture, out _))
            .Select(c => c.Take(2).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(10, lines.Length);
        // sgd by hand: w = b, z = 2w, w ← w − 0.5(σ(2w) − y).
        double w = 0, all = 0, block = 0;
        for (int i = 0; i < 1000; i++)
        {
            double z = 2 * w, y = i < 900 ? 1 : 0, loss = Math.Log(1 + Math.Exp(z)) - (y * z);
            w -= 0.5 * ((1 / (1 + Math.Exp(-z))) - y);
            all += loss;
            block = i >= 900 ? block + loss : 0;
        }
        Assert.Equal(all / 1000, lines[^1][0], 1e-5);
        Assert.Equal(block / 100, lines[^1][1], 1e-5);
    }

    [Theory]
    [InlineData(1, "--model is needed", "--target", "y")]
    [InlineData(1, "--epochs, --steps", "--target", "y", "--model", "logistic", "--epochs", "2")]
    [InlineData(1, "--standardize cannot be had online", "--target", "y", "--model", "logistic", "--standardize")]
    [InlineData(1, "--missing mean cannot be had online", "--target", "y", "--model", "logistic", "--missing", "mean")]
    [InlineData(1, "--method svrg cannot learn from a stream", "--target", "y", "--model", "logistic", "--method", "svrg")]
    [InlineData(1, "needs an end, and a stream has none", "--target", "y", "--model", "logistic", "--schedule", "cosine")]
    [InlineData(1, "--save-every writes the model of --out", "--target", "y", "--model", "logistic", "--save-every", "10")]
    [InlineData(1, "--save-every is '10x'", "--target", "y", "--model", "logistic", "--save-every", "10x")]
    [InlineData(1, "--progress is 0", "--target", "y", "--model", "logistic", "--progress", "0")]
    [InlineData(1, "--checkpoint cannot be had with --online", "--target", "y", "--model", "logistic", "--checkpoint", "steps=1",
        "--run", "r")]
    [InlineData(1, "no column 'z'", "--target", "z", "--model", "logistic")]
    [InlineData(1, "--model softmax cannot learn from a stream", "--target", "y", "--model", "softmax")]
    [InlineData(2, "data row 2, column 'a'", "--target", "a", "--model", "poisson")]
    [InlineData(2, "data row 3: the label is 2", "--target", "b", "--model", "logistic")]
    public void What_a_stream_cannot_give_is_said(int code, string sentence, params string[] options)
    {
        var (found, _, error) = Cli.Run(["fit", Write("d.csv", "a,b,y\n1,1,1\n-1,0,0\n2,2,1\n"), "--online", .. options]);
        Assert.Equal((code, true), (found, error.Contains(sentence, StringComparison.Ordinal)));
    }

    // 0/0 is no mean.
    [Fact]
    public void Rows_of_weight_nought_have_no_mean()
    {
        string[] asked = ["--online", "--target", "y", "--model", "linear", "--weight-col", "w"];
        var (code, text, _) = Cli.Run(["fit", Write("d.csv", "x,y,w\n1,1,0\n1,2,1\n1,3,0\n"), .. asked, "--progress", "1"]);
        Assert.Equal(0, code);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        string model = Path.Combine(folder, "none.json");
        var (none, _, error) = Cli.Run(["fit", Write("d.csv", "x,y,w\n1,1,0\n1,2,0\n"), .. asked, "--out", model]);
        Assert.Equal(2, none);
        Assert.Contains("2 rows came, each of weight 0", error, StringComparison.Ordinal);
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void A_stream_that_diverges_leaves_the_model_before_as_it_is()
    {
        string data = Write("d.csv", "x,y\n" + string.Concat(Enumerable.Repeat("30,1\n", 400)));
        Write("m.json", "before");
        var (code, _, error) = Cli.Run("fit", data, "--online", "--model", "linear", "--target", "y", "--method", "sgd", "--lr", "10",
            "--out", At("m.json"));
        Assert.Equal(3, code);
        Assert.Contains("diverged at row", error, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(At("m.json")));
    }

    Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "descent.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        return Process.Start(start)!;
    }

    // Row by row over a pipe that stays open: saved at the interval, ended by a signal while it waits, with a model of the whole rows.
    [Fact]
    public void A_signal_ends_a_stream_that_waits_with_a_model_of_what_has_come()
    {
        if (!OperatingSystem.IsLinux()) return;
        using Process p = Start("fit", "-", "--online", "--model", "logistic", "--out", At("m.json"), "--save-every", "2");
        void Send(string text)
        {
            p.StandardInput.Write(text);
            p.StandardInput.Flush();
        }
        Send("1 |a x:1 y\n-1 |a z\n");
        for (string? line = ""; line is not null && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [_, _, "2", ..];)
            line = p.StandardOutput.ReadLine();
        SpinWait.SpinUntil(() => File.Exists(At("m.json")), TimeSpan.FromSeconds(20));
        Assert.Equal(2, (int)Model("m.json")["data"]!["rows"]!);
        Send("1 |a y\n1 |a cut");
        string? third = null;
        using Process kill = Process.Start("kill", ["-TERM", $"{p.Id}"]);
        Assert.True(p.WaitForExit(20_000));
        third = p.StandardOutput.ReadToEnd();
        Assert.Equal(130, p.ExitCode);
        // The third row may have come before the signal; the fourth, which was not whole, never counts.
        Assert.Contains((int)Model("m.json")["data"]!["rows"]!, (int[])[2, 3]);
        Assert.Contains("model written to", third, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("predict", At("m.json"), Write("n.vw", "|a x:1 y\n")).Code);
    }

    // A row is written, its prediction read, and then the next row written.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_prediction_follows_its_row_while_the_pipe_stays_open(bool json)
    {
        Assert.Equal(0, Cli.Run("fit", Write("d.csv", Numbers(100)), "--model", "logistic", "--target", "y", "--out", At("m.json"),
            "--quiet").Code);
        string[] expected = Cli.Run("predict", At("m.json"), At("d.csv")).Out.Trim().Split('\n');
        string[] rows = File.ReadAllLines(At("d.csv"));
        using Process p = Start("predict", At("m.json"), "-");
        if (!json) p.StandardInput.Write(rows[0] + "\n");
        for (int i = 1; i <= 5; i++)
        {
            string[] x = rows[i].Split(',');
            p.StandardInput.Write(json ? $"{{\"b\":{x[1]},\"a\":{x[0]}}}\n" : rows[i] + "\n");
            p.StandardInput.Flush();
            if (i == 1) Assert.Equal(expected[0], p.StandardOutput.ReadLine());
            Assert.Equal(expected[i], p.StandardOutput.ReadLine());
        }
        p.StandardInput.Close();
        Assert.Equal("", p.StandardOutput.ReadToEnd());
        Assert.True(p.WaitForExit(20_000));
        Assert.Equal(0, p.ExitCode);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
