using System.CommandLine;
using Descent.Cli.Commands;
using Descent.Data.Files;
using Descent.Fitting;
using Descent.Fitting.Design;
using Descent.Fitting.Export;
using Descent.Fitting.Fits;
using Descent.Runs;

namespace Descent.Cli.Tests.Commands;

/// <summary>Runs that go on from a state that was kept, against the run that was never interrupted: the same model files, outcome and
/// trace.</summary>
public class ResumeTests
{
    static readonly string Versicolor = $"fit {Cli.Sample("iris.csv")} --target species=versicolor --features sepal_width,petal_width";

    public static TheoryData<string> Methods => [.. Catalogue.All.Select(m => m.Name)];

    public static TheoryData<string> Runs => new()
    {
        $"fit {Cli.Sample("iris.csv")} --target species=setosa --model logistic --method lbfgs --steps 40",
        $"{Versicolor} --valid 0.2 --patience 3 --method sgd --lr 0.05 --epochs 40",
        $"{Versicolor} --l2 0.01 --method sgd --average suffix --epochs 9",
        $"{Versicolor} --l2 0.01 --method sgd --average swa:from=50%,every=7 --epochs 9",
        $"{Versicolor} --l2 0.01 --method sgd --schedule theory --epochs 9",
        $"{Versicolor} --l2 0.01 --method gd --theorem G4 --steps 60",
        $"{Versicolor} --l1 0.01 --method fista --steps 60 --gap 1e-9",
        $"fit {Cli.Sample("iris.csv")} --target species --l2 0.01 --method saga --epochs 12 --gap 1e-7",
        $"fit {Cli.Sample("iris.csv")} --target species --model mlp --hidden 5 --method adam --epochs 9 --valid 0.2 --patience 4 --seed 3",
        $"fit {Cli.Sample("iris.csv")} --target petal_width --features petal_length --model quantile --tau 0.3 --method sgd --epochs 20",
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_goes_on_with_the_same_bits(string method)
    {
        string stem = $"{Versicolor} --l2 0.02 --seed 5 --method {method}";
        // Methods ask for different things; one of these forms suits each of the catalogue.
        string[] forms = [$"{stem} --epochs 7", $"{stem} --steps 30", $"{stem} --no-intercept --epochs 7", $"{stem} --lr 0.01 --epochs 7",
            $"{Versicolor} --model hinge --l2 0.02 --method {method} --steps 30", $"{Versicolor} --l1 0.01 --method {method} --steps 30",
            $"fit {Cli.Sample("iris.csv")} --target petal_width --features petal_length --model absolute --method {method} --steps 30",
            $"fit {Cli.Sample("iris.csv")} --target species --model mlp --hidden 3 --method {method} --epochs 3"];
        Assert.Contains(forms, f => Same(f, mayBeRefused: true));
    }

    // Sparse rows have states of their own: coordinates that wait, decay as a scalar, thresholds that add up.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_goes_on_on_sparse_rows_too(string method)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("descent-resume-").FullName, "d.svm");
        try
        {
            File.WriteAllLines(file, SparseRows());
            string stem = $"fit {file} --seed 5 --method {method}";
            string[] forms = [$"{stem} --model logistic --l2 0.02 --epochs 6",
                $"{stem} --model logistic --l2 0.02 --no-intercept --epochs 6",
                $"{stem} --model logistic --l2 0.02 --lr 0.01 --epochs 6", $"{stem} --model logistic --l1 0.01 --epochs 6",
                $"{stem} --model logistic --l2 0.02 --steps 20", $"{stem} --model hinge --l2 0.02 --steps 20",
                $"{stem} --model absolute --steps 20", $"{stem} --model mlp --hidden 2 --epochs 3"];
            Assert.Contains(forms, f => Same(f, mayBeRefused: true));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, true);
        }
    }

    // 150 rows, 12 of 60 columns each at most, two classes that overlap.
    static IEnumerable<string> SparseRows()
    {
        Draws draws = new(11);
        for (int i = 0; i < 150; i++)
        {
            SortedSet<int> columns = [.. Enumerable.Range(0, 12).Select(_ => 1 + draws.NextIndex(60))];
            double z = 0;
            List<string> entries = [];
            foreach (int j in columns)
            {
                double x = Math.Round(draws.NextNormal(), 3);
                z += x * Math.Sin(j);
                entries.Add(FormattableString.Invariant($"{j}:{x}"));
            }
            yield return $"{(z + draws.NextNormal() > 0 ? 1 : -1)} {string.Join(' ', entries)}";
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Looks_holdouts_averages_and_analyses_go_on_too(string line) => Assert.True(Same(line, mayBeRefused: false));

    // Stopped between any two chunks of steps, the last one before the budget among them.
    [Theory]
    [InlineData("--target species --model mlp --hidden 3 --method adam --steps 37 --valid 0.2")]
    [InlineData("--target species=versicolor --features petal_width --l2 0.1 --method sgd --lr 0.1 --steps 1501")]
    public void A_run_that_is_interrupted_anywhere_goes_on_to_the_same_end(string line)
    {
        FitSpec spec = SpecOf($"fit {Cli.Sample("iris.csv")} {line}");
        LoadedData data = DataLoader.Load(spec);
        string whole = Print(Run(spec, data, null));
        int stops = 0;
        for (bool ended = false; !ended; stops++)
        {
            using CancellationTokenSource stop = new();
            int boundaries = 0;
            RunState? last = null;
            Fitter fitter = Fitter.Of(spec, data);
            fitter.Checkpoints = new Checkpoints { EverySteps = 1, Keep = s => { last = s; if (boundaries++ == stops) stop.Cancel(); } };
            ended = fitter.Run(stop.Token, null).Outcome.Kind != OutcomeKind.Interrupted;
            if (!ended) Assert.Equal(whole, Print(Run(spec, data, new Checkpoints { From = last })));
        }
        Assert.True(stops > 3, $"{stops}");
    }

    static bool Same(string line, bool mayBeRefused)
    {
        FitSpec spec = SpecOf(line);
        LoadedData data = DataLoader.Load(spec);
        // What races is as good as a single thread, on which it is the same every time.
        bool races = Catalogue.Find(spec.Method.Name)?.Races is not null;
        if (races) spec = spec with { Threads = 1 };
        List<RunState> kept = [];
        Fitted whole;
        try
        {
            whole = Run(spec, data, new Checkpoints { EverySteps = 1, Keep = kept.Add });
        }
        catch (FitException) when (mayBeRefused)
        {
            return false;
        }
        string before = Print(Run(spec, data, null));
        Assert.Equal(before, Print(whole));
        // A method that is done in one look has no state between.
        if (kept.Count == 0) return !mayBeRefused || whole.Outcome.Kind != OutcomeKind.Diverged;
        foreach (int k in new[] { 0, kept.Count / 3, kept.Count / 2, kept.Count - 1 }.Distinct())
        {
            RunState from = RunState.FromBytes(kept[k].ToBytes());
            Assert.Equal(kept[k].Step, from.Step);
            Assert.Equal(before, Print(Run(spec with { Threads = races ? 1 : 2 }, data, new Checkpoints { From = from })));
        }
        return true;
    }

    static FitSpec SpecOf(string line)
    {
        FitSpec? spec = null;
        ParseResult parsed = Program.Root(a => (spec = a.Spec, 0).Item2).Root.Parse(line.Split(' '));
        Assert.Empty(parsed.Errors);
        parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return spec!;
    }

    static Fitted Run(FitSpec spec, LoadedData data, Checkpoints? checkpoints)
    {
        Fitter fitter = Fitter.Of(spec, data);
        fitter.Checkpoints = checkpoints;
        return fitter.Run(default, null);
    }

    // Model files without what is said of threads, the outcome, the certificate and the trace without its seconds.
    static string Print(Fitted fit)
    {
        System.Text.StringBuilder all = new();
        foreach ((string _, Action<IOutputStream> content) in fit.Files("m.json").Entries("m.json"))
        {
            using MemoryOutput file = new();
            content(file);
            all.AppendLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Written)));
        }
        all.AppendLine(fit.Outcome.Sentence);
        foreach (TracePoint p in fit.Trace) all.AppendLine((p with { Seconds = 0 }).ToString());
        if (fit is RiskFit risk)
            all.AppendLine($"{risk.Proved} {string.Join(' ', risk.HeldOutLoss.Select(h => h.Loss))} {risk.NoInference}");
        if (fit is NetworkFit net)
            all.AppendLine($"{string.Join(' ', net.HeldOutLoss.Select(h => h.Loss))} {string.Join(' ', net.BatchAccuracy)} "
                + $"{string.Join(' ', net.Curvature)}");
        return all.ToString();
    }
}
