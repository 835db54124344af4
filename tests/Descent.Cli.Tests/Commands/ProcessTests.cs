using System.Diagnostics;
using Descent.Numerics;

namespace Descent.Cli.Tests.Commands;

/// <summary>The program as a process: streams that are closed or full, and signals.</summary>
public sealed class ProcessTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-process").FullName;

    static string Program => $"dotnet {Path.Combine(AppContext.BaseDirectory, "descent.dll")}";

    static string Fit => $"{Program} fit {Cli.Sample("iris.csv")} --target petal_length";

    (int Code, string Out, string Err) Shell(string script)
    {
        ProcessStartInfo start = new("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using Process p = Process.Start(start)!;
        Task<string> output = p.StandardOutput.ReadToEndAsync();
        string error = p.StandardError.ReadToEnd();
        p.WaitForExit();
        return (p.ExitCode, output.Result, error);
    }

    [Theory]
    [InlineData("> /dev/full", 2, "No space left on device")]
    [InlineData(">&-", 1, "standard output is closed")]
    [InlineData("2>&-", 0, "")]
    [InlineData("2> /dev/full", 0, "")]
    [InlineData("--target none 2>&-", 1, "")]
    [InlineData("2> /dev/full --target none", 1, "")]
    public void Closed_and_full_streams_end_with_a_code(string more, int code, string sentence)
    {
        if (!OperatingSystem.IsLinux()) return;
        var (found, _, error) = Shell($"{Fit} --out m.json {more}");
        Assert.Equal(code, found);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        // What was asked for is there, whole, and nothing of what was printed in it.
        // A full stream is noticed before the fit, by the plan that is printed.
        if (code != 2 && !more.Contains("none", StringComparison.Ordinal))
            Assert.Equal(0, Cli.Run("inspect", Path.Combine(folder, "m.json")).Code);
    }

    [Fact]
    public void Standard_input_that_is_closed_is_a_sentence()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (code, _, error) = Shell($"{Program} fit - --target y <&-");
        Assert.Equal(2, code);
        Assert.Contains("standard input is closed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_is_no_error()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (code, output, error) = Shell($"set -o pipefail; "
            + $"{Program} predict {Path.Combine(Cli.Root, "tests", "golden", "models", "v1", "logistic.json")} "
            + $"{Cli.Sample("iris.csv")} | head -1");
        Assert.Equal((0, "predicted,probability\n"), (code, output));
        // Columns that were not used are said; nothing else is.
        Assert.Contains("3 columns that the model does not use", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_hands_over_where_to_write()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Contains("descent-model", Shell($"{Fit} --quiet --out >(cat > got); wait; sleep 0.2; cat got").Out,
            StringComparison.Ordinal);
        Assert.Contains("descent-model", Shell($"{Fit} --quiet --out /dev/stdout > got; cat got").Out, StringComparison.Ordinal);
    }

    /// <summary>What ends a process; a process that was started to ignore SIGINT (in the background of a shell) hands that on,
    /// and no child of it can be interrupted so.</summary>
    public static TheoryData<string> Signals => InterruptIsIgnored ? ["TERM"] : ["TERM", "INT"];

    static bool InterruptIsIgnored => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } line
        && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0;

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_ends_a_run_with_what_it_has(string signal)
    {
        if (!OperatingSystem.IsLinux()) return;
        // The signal follows the first line of progress; job control, or a shell has its children ignore SIGINT.
        var (code, output, error) = Shell($"set -m; {Fit} --method sgd --epochs 1e9 --out m.json 2> err & for k in $(seq 600); "
            + $"do grep -q step err && break; sleep 0.1; done; kill -{signal} $!; wait $!; echo code $?; cat err >&2");
        Assert.Equal(0, code);
        Assert.Contains("code 130", output, StringComparison.Ordinal);
        Assert.Contains("stopping after this step", error, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("inspect", Path.Combine(folder, "m.json")).Code);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_ends_a_search_with_the_best_point_so_far(string signal)
    {
        if (!OperatingSystem.IsLinux()) return;
        // A second of processor time (100 ticks): start-up takes a fraction of it, the whole search hours.
        var (code, output, error) = Shell($"set -m; {Program} anneal rastrigin --dimension 100 --evaluations 2000000000 --restarts 3 "
            + "> out 2> err & for k in $(seq 600); do awk '{exit !($14 > 100)}' /proc/$!/stat && break; sleep 0.1; done; "
            + $"kill -{signal} $!; wait $!; echo code $?; cat out; cat err >&2");
        Assert.Equal(0, code);
        Assert.Contains("code 130", output, StringComparison.Ordinal);
        Assert.Contains("Interrupted: the best point so far.", output, StringComparison.Ordinal);
        Assert.Contains("stopping after this step", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_ends_a_search_of_mixtures_with_a_model_within_seconds(string signal)
    {
        if (!OperatingSystem.IsLinux()) return;
        // Four clusters that touch: three normal laws crawl on them for thousands of passes. The signal follows the first line of progress.
        Draws draws = new(5);
        File.WriteAllText(Path.Combine(folder, "rows.csv"), "a,b,c\n" + string.Concat(Enumerable.Range(0, 40_000).Select(i =>
            string.Join(',',
            Enumerable.Range(0, 3).Select(_ => Text.Number((i % 4 * 2) + draws.NextNormal(), "0.000"))) + "\n")));
        var (code, output, error) = Shell($"set -m; {Program} mixture rows.csv --components 2..8 --restarts 50 --out m.json > out 2> err & "
            + "for k in $(seq 600); do grep -q start err && break; sleep 0.1; done; "
            + $"kill -{signal} $!; begun=$(date +%s%N); wait $!; echo code $?; echo took $(( ($(date +%s%N) - begun) / 1000000 )); "
            + "cat out; cat err >&2");
        Assert.Equal(0, code);
        Assert.Contains("code 130", output, StringComparison.Ordinal);
        // A second, and what a busy machine takes besides.
        Assert.InRange(int.Parse(output.Split("took ")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture), 0, 5_000);
        Assert.Contains("stopping after this step", error, StringComparison.Ordinal);
        Assert.Contains("Outcome      Interrupted", output, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("evaluate", Path.Combine(folder, "m.json"), Path.Combine(folder, "rows.csv")).Code);
    }

    [Theory]
    [InlineData("--method newton --l2 1e-9", "iterate of step 0")]
    public void A_step_that_does_not_end_is_left_with_the_last_complete_iterate(string method, string which)
    {
        if (!OperatingSystem.IsLinux()) return;
        // One factorisation of 7 000² numbers: d³/3 multiply-adds, more than any one core does in a second.
        const int Columns = 7000;
        File.WriteAllText(Path.Combine(folder, "wide.svm"),
            string.Concat(Enumerable.Range(0, Columns).Select(i => $"{(i % 3 == 0 ? 1 : -1)} {i + 1}:1\n")));
        var (code, output, error) = Shell($"set -m; {Program} fit wide.svm --model logistic --threads 1 {method} --out m.json > out 2> "
            + "err & for k in $(seq 600); do grep -q Constants out && break; sleep 0.1; done; kill -TERM $!; wait $!; "
            + "echo code $?; cat err >&2");
        Assert.Equal(0, code);
        Assert.True(output.Contains("code 130", StringComparison.Ordinal) && error.Contains(which, StringComparison.Ordinal),
            output + error);
        var (shown, text, _) = Cli.Run("inspect", Path.Combine(folder, "m.json"));
        Assert.Equal(0, shown);
        Assert.Contains("Interrupted within a step", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Certificate", text, StringComparison.Ordinal);
    }

    // 400 × 600 numbers by 3 000 λ and 50 folds take minutes; progress is said after a second.
    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_ends_a_path_with_what_it_has(string signal)
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllLines(Path.Combine(folder, "path.csv"), Enumerable.Range(0, 401).Select(i => i == 0
            ? string.Join(',', Enumerable.Range(0, 600).Select(j => $"x{j}")) + ",y"
            : string.Join(',', Enumerable.Range(0, 601).Select(j =>
                ((i * 7919 * (j + 1)) % 1009).ToString(System.Globalization.CultureInfo.InvariantCulture)))));
        var (code, output,
            error) = Shell($"set -m; {Program} fit path.csv --target y --path 3000 --cv 50 --out m.json > out 2> err & for k in $(seq "
                + $"600); do grep -q 'away from zero' err && break; sleep 0.1; done; "
            + $"kill -{signal} $!; wait $!; echo code $?; cat out; cat err >&2");
        Assert.Equal(0, code);
        Assert.Contains("code 130", output, StringComparison.Ordinal);
        Assert.True(output.Contains("Interrupted after ", StringComparison.Ordinal)
            || error.Contains("is saved as m.json", StringComparison.Ordinal), output + error);
        Assert.Equal(0, Cli.Run("inspect", Path.Combine(folder, "m.json")).Code);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_while_reading_ends_at_once(string signal)
    {
        if (!OperatingSystem.IsLinux()) return;
        // A pipe that says nothing: reading goes on for ever.
        var (code, output, error) = Shell(
            $"set -m; mkfifo p; sleep 1000 > p & writer=$!; {Program} fit p --target y --out m.json 2> err & "
                + "for k in $(seq 600); do grep -q '^SigCgt:.*[1-9a-f]' /proc/$!/status && "
                + $"ls -l /proc/$!/fd | grep -q {folder}/p$ && break; sleep 0.1; done; "
                + $"kill -{signal} $!; wait $!; echo code $?; kill $writer; cat err >&2");
        Assert.Equal(0, code);
        Assert.Contains("code 130", output, StringComparison.Ordinal);
        Assert.Contains("interrupted; nothing was saved", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "m.json")));
    }

    [Fact]
    public void Memory_is_refused_before_it_is_taken()
    {
        File.WriteAllText(Path.Combine(folder, "wide.csv"),
            string.Join(',', Enumerable.Range(0, 200).Select(j => $"c{j}")) + ",y\n"
            + string.Concat(Enumerable.Range(0, 15000)
                .Select(i => string.Join(',', Enumerable.Range(0, 200).Select(j => (i * j) % 97)) + $",{i % 7}\n")));
        var (code, output, error) = Shell($"{Program} fit wide.csv --target y --method gd --steps 1 --quiet --memory-limit 64M");
        Assert.True(code == 2, output + error);
        Assert.Contains("--memory-limit", error, StringComparison.Ordinal);
        Assert.Equal(0, Shell($"{Program} fit wide.csv --target y --method gd --steps 1 --quiet --memory-limit 1G").Code);
    }

    // 22 MB of rows under a limit of 80 MB, a quarter of which is for rows: they lie in a file, and no bit changes, whatever the family,
    // the method and the number of threads. Mini-batches visit blocks then, as they do in memory where that is asked for.
    [Fact]
    public void A_mixture_of_rows_beyond_the_limit_is_the_mixture_in_memory() =>
        BeyondTheLimit(["--family gaussian --covariance spherical --method online --order blocks --max-iterations 4"]);

    [SlowFact]
    [Trait("Tier", "Slow")]
    public void So_it_is_by_every_method_and_family() =>
        BeyondTheLimit(["--family gaussian --covariance spherical --max-iterations 4",
            "--family gaussian --covariance spherical --method online --order blocks --max-iterations 4",
            "--family poisson --max-iterations 4", "--family poisson --method stochastic --order blocks --max-iterations 4"]);

    void BeyondTheLimit(string[] asked)
    {
        if (!OperatingSystem.IsLinux()) return;
        Draws draws = new(3);
        File.WriteAllText(Path.Combine(folder, "counts.csv"), string.Join(',', Enumerable.Range(0, 4).Select(j => $"c{j}")) + "\n"
            + string.Concat(Enumerable.Range(0, 700_000).Select(i => string.Join(',', Enumerable.Range(0, 4).Select(j =>
                (int)(-(j + (3 * (i % 2))) * Math.Log(1 - draws.NextDouble()) / 2))) + "\n")));
        foreach (string what in asked)
        {
            string line = $"{Program} mixture counts.csv {what} --restarts 1 --json --cache";
            var (code, near, error) = Shell(line + " --threads 1");
            Assert.True(code is 0 or 4, error);
            Assert.DoesNotContain("mapped file", error, StringComparison.Ordinal);
            // Blocks are what is taken under a limit: it need not be asked for.
            (int other, string far, error) = Shell(line.Replace(" --order blocks", "", StringComparison.Ordinal) + " --memory-limit 80M");
            Assert.True(other == code, error);
            Assert.Contains("lie in a mapped file", error, StringComparison.Ordinal);
            Assert.Equal(Numbers(near), Numbers(far));
        }
        var (refused, _, why) = Shell($"{Program} mixture counts.csv --family t --memory-limit 80M");
        Assert.Equal(2, refused);
        Assert.Contains("a t model holds all of them", why, StringComparison.Ordinal);
        Assert.Contains("gaussian, poisson, bernoulli", why, StringComparison.Ordinal);

        static string Numbers(string json)
        {
            System.Text.Json.JsonElement r = System.Text.Json.JsonDocument.Parse(json).RootElement;
            return r.GetProperty("logLikelihood").GetRawText() + r.GetProperty("candidates").GetRawText()
                + r.GetProperty("parameters").GetRawText() + r.GetProperty("certificate").GetRawText();
        }
    }

    public void Dispose() => Directory.Delete(folder, true);
}
