using System.Text.Json;
using Descent.Fitting.Fits;
using Descent.Runs;

namespace Descent.Fitting.Tests.Paths;

/// <summary>What a path promises whatever the data: closed forms, optimality conditions, folds, choices, interruption.</summary>
public class PathTests
{
    // Columns with XᵀX = nI: wⱼ(λ) = soft(cⱼ, λα)/(1 + λ(1 − α)) with c = Xᵀy/n, and λ begins at max|c|/α.
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.4)]
    public void Orthogonal_columns_are_soft_thresholded(double alpha)
    {
        double[,] x = new double[8, 3];
        double[] y = [3, -1, 4, 1, -5, 9, 2, -6];
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 3; j++) x[i, j] = (i >> j) % 2 == 0 ? 1 : -1;
        double[] c = [.. Enumerable.Range(0, 3).Select(j => Enumerable.Range(0, 8).Sum(i => x[i, j] * y[i]) / 8)];
        PenaltyPath path = Fit.Path(ModelFamilies.Linear, x, y, new PathSpec { Count = 12, Ratio = 0.01, L1Ratio = alpha });
        for (int k = 0; k < 12; k++)
        {
            double lambda = c.Max(Math.Abs) / alpha * Math.Pow(0.01, k / 11.0);
            Assert.Equal(lambda, path.Points[k].Lambda, 1e-12 * lambda);
            for (int j = 0; j < 3; j++)
            {
                double size = Math.Max(0, Math.Abs(c[j]) - (lambda * alpha));
                Assert.Equal(Math.CopySign(size, c[j]) / (1 + (lambda * (1 - alpha))), path.Points[k].Parameters[j], 1e-12);
            }
            Assert.Equal(y.Average(), path.Points[k].Parameters[3], 1e-12);
        }
    }

    // 0 ∈ ∂F by sums written out here: Huber's loss has a null model without a closed form.
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Every_point_meets_the_optimality_conditions(bool penaliseIntercept, bool intercept)
    {
        double[,] x = Iris.Columns(0, 1, 2);
        double[] y = [.. Iris.Column(3).Select((v, i) => i % 17 == 0 ? v + 5 : v)];
        FitOptions options = new() { Threshold = 0.3, PenaliseIntercept = penaliseIntercept, Intercept = intercept };
        PenaltyPath path = Fit.Path(ModelFamilies.Huber, x, y, new PathSpec { Count = 15, L1Ratio = 0.8 }, options);
        Assert.All(path.Points[0].Parameters.Take(3), w => Assert.Equal(0, w));
        Assert.Contains(path.Points, p => p.NonZeros == 3);
        foreach (PathPoint p in path.Points)
        {
            bool first = p.Lambda == path.Points[0].Lambda;
            double[] g = new double[4];
            for (int i = 0; i < 150; i++)
            {
                double z = intercept ? p.Parameters[3] : 0;
                for (int j = 0; j < 3; j++) z += x[i, j] * p.Parameters[j];
                double slope = Math.Clamp(z - y[i], -0.3, 0.3) / 150;
                for (int j = 0; j < 4; j++) g[j] += slope * (j < 3 ? x[i, j] : 1);
            }
            for (int j = 0; j < (intercept ? 4 : 3); j++)
            {
                double w = p.Parameters[j], l1 = j < 3 || penaliseIntercept ? p.L1 : 0, l2 = j < 3 || penaliseIntercept ? p.L2 : 0;
                double violation = w != 0 ? Math.Abs(g[j] + (l2 * w) + (l1 * Math.Sign(w))) : Math.Max(0, Math.Abs(g[j]) - l1);
                Assert.InRange(violation, 0, 1e-8);
            }
            // λ begins at the largest slope of the null model: any smaller one lets a coefficient leave.
            if (first) Assert.Equal(g.Take(penaliseIntercept ? 4 : 3).Max(Math.Abs) / 0.8, p.Lambda, 1e-10);
        }
    }

    [Fact]
    public void A_point_of_the_path_is_the_fit_of_its_penalties()
    {
        PenaltyPath path = PathData.Cancer(new PathSpec { Count = 8, L1Ratio = 0.6 }, new FitOptions { HoldOut = 0.3 });
        PathPoint p = path.Points[path.Chosen];
        Fit alone = Fit.Of(new FitOptions { HoldOut = 0.3, L1 = p.L1, L2 = p.L2 }.Of(
            new DataSpec([PathData.BreastCancer]) { Target = "c31", Header = false, SkipLines = 1 }, ModelFamilies.Logistic));
        Assert.Equal(alone.Certificate.Value, p.Certificate.Value, 1e-12);
        Assert.Equal(alone.HeldOut!.MeanLoss, p.HeldOutLoss!.Value, 1e-7);
        Assert.Equal(alone.HeldOut!.MeanLossError!.Value, p.HeldOutError!.Value, 1e-7);
        Assert.Equal(path.Least, path.Chosen);
        Assert.Equal(path.Points.Min(q => q.HeldOutLoss), p.HeldOutLoss);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_threads_change_nothing()
    {
        static long[] Bits(PenaltyPath p) =>
            [.. p.Points.SelectMany(q => q.Parameters.Append(q.FoldLoss!.Value)).Select(BitConverter.DoubleToInt64Bits)];
        PathSpec spec = new() { Count = 6, Folds = 3 };
        FitOptions options = PathData.Scaled;
        long[] first = Bits(PathData.Cancer(spec, options));
        Assert.Equal(first, Bits(PathData.Cancer(spec, options with { Threads = 2 })));
        Assert.NotEqual(first, Bits(PathData.Cancer(spec, options with { Seed = 2 })));
    }

    // The same numbers by another door; sparse rows are not centred while they are scaled, so the last digits differ.
    [Fact]
    public void Arrays_rows_and_a_file_reach_the_same_optima()
    {
        (double[,] x, double[] y) = PathData.DiabetesArrays();
        double[][] jagged = [.. Enumerable.Range(0, y.Length).Select(i => Enumerable.Range(0, 10).Select(j => x[i, j]).ToArray())];
        CsrRows<double> rows = new([.. Enumerable.Range(0, y.Length + 1).Select(i => 10L * i)],
            [.. Enumerable.Range(0, y.Length * 10).Select(k => k % 10)], [.. jagged.SelectMany(r => r)], 10);
        PathSpec spec = new() { Count = 5, L1Ratio = 0.9 };
        PenaltyPath file = Fit.Path(ModelFamilies.Linear, PathData.Diabetes, "progression", penalties: spec);
        PenaltyPath[] others = [Fit.Path(ModelFamilies.Linear, x, y, spec), Fit.Path(ModelFamilies.Linear, jagged, y, spec),
            Fit.Path(ModelFamilies.Linear, rows, y, spec)];
        foreach (PenaltyPath other in others)
            for (int k = 0; k < 5; k++) Assert.Equal(file.Points[k].Certificate.Value, other.Points[k].Certificate.Value, 1e-8);
    }

    [Fact]
    public void A_path_that_is_interrupted_leaves_what_it_has_and_a_model()
    {
        FitSpec spec = PathData.Scaled.Of(new DataSpec([PathData.Diabetes]) { Target = "progression" }, ModelFamilies.Linear);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        PenaltyPath path = PenaltyPath.Of(spec with { Path = new PathSpec { Folds = 5 } }, stop.Token);
        Assert.Equal(OutcomeKind.Interrupted, path.Outcome.Kind);
        Assert.Equal("Interrupted after 1 of 100 λ; the path ends there.", path.Outcome.Sentence);
        // The null model: the mean, whatever the row.
        Assert.Equal(152.13348416, path.Fit.Predict([59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87]), 1e-8);
    }

    [Fact]
    public void The_rule_of_one_standard_error_takes_the_largest_lambda_below_the_limit()
    {
        PathPoint At(double loss, double error) =>
            new(1, 1, 0, new Certificate(1, 0, 1, CertificateKind.Duality, ""), 0, [], 0) { FoldLoss = loss, FoldError = error };
        PathPoint[] points = [At(9, 1), At(5.9, 1), At(6.1, 1), At(5, 1), At(5, 0.5), At(7, 1)];
        Assert.Equal(3, PathLosses.Least(points));
        Assert.Equal(1, PathLosses.WithinOneError(points));
        Assert.Equal(1, PathLosses.WithinOneError([At(9, 1), At(5.9, 1), At(6.1, 1), At(5.5, 1), At(5, 1)]));
        Assert.Equal(-1, PathLosses.Least([points[0] with { FoldLoss = double.NaN }]));
        // By hand: m = (2·1 + 1·4)/3 = 2, s² = (2·1 + 1·4)/3/(2 − 1) = 2.
        Assert.Equal((2, Math.Sqrt(2)), PathLosses.Over([1, 4], [2, 1]));
    }

    // What was proved of one point is not said of another.
    [Fact]
    public void A_certificate_is_kept_for_its_point_alone_and_thorough_where_much_is_open()
    {
        Counting inner = new();
        PathCertifier certifier = new(inner);
        Assert.Equal(3, certifier.Certify([3], default, false).Value);
        Assert.Equal(3, certifier.Certify([3], default, false).Value);
        Assert.Equal((1, 0), (inner.Quick, inner.Thorough));
        Assert.Equal(4, certifier.Certify([4], default, false).Value);
        Assert.Equal(0, certifier.Certify([4], default, true).Gap);
        Assert.Equal((2, 1), (inner.Quick, inner.Thorough));
    }

    sealed class Counting : ICertifier<double>
    {
        public int Quick { get; private set; }

        public int Thorough { get; private set; }

        public bool ThoroughIsCheap => true;

        public double Foresee(ReadOnlySpan<double> gradient) => 0;

        public Certificate Certify(ReadOnlySpan<double> w, ReadOnlySpan<double> dual, bool thorough)
        {
            (Quick, Thorough) = (Quick + (thorough ? 0 : 1), Thorough + (thorough ? 1 : 0));
            return new Certificate(w[0], 0, thorough ? w[0] : w[0] - 1, CertificateKind.Duality, "");
        }
    }

    [Fact]
    public void A_file_of_results_holds_every_lambda()
    {
        PenaltyPath path = Fit.Path(ModelFamilies.Softmax, Iris.Columns(0, 1, 2, 3), Iris.Class(), new PathSpec { Count = 10, Folds = 4 });
        JsonElement json = JsonDocument.Parse(path.Fit.ToJson()).RootElement, walked = json.GetProperty("path");
        Assert.Equal(10, walked.GetProperty("points").GetArrayLength());
        Assert.Equal(path.Least, walked.GetProperty("least").GetInt32());
        for (int k = 0; k < 10; k++)
        {
            JsonElement p = walked.GetProperty("points")[k];
            Assert.Equal(path.Points[k].FoldError, p.GetProperty("foldError").GetDouble());
            Assert.Equal(path.Points[k].NonZeros, p.GetProperty("coefficients").GetArrayLength());
            Assert.Equal(3, p.GetProperty("intercepts").GetArrayLength());
        }
        string html = System.Net.WebUtility.HtmlDecode(path.Fit.ToHtml());
        Assert.Contains("± one standard error", html, StringComparison.Ordinal);
        Assert.Contains("Coefficients times the standard deviations", html, StringComparison.Ordinal);
        Assert.Contains("least mean loss over 4 folds", path.ToString(), StringComparison.Ordinal);
    }
}
