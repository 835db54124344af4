using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Tests.Runs;

/// <summary>How many looks a run takes, and how thorough the last one is.</summary>
public class LookTests
{
    static EmpiricalRisk<double> Problem(bool intercept = true)
    {
        Draws draws = new(3);
        double[] x = [.. Enumerable.Range(0, 400 * 40).Select(i => draws.NextNormal() * Math.Pow(2, -(i % 40) / 4.0))],
            y = [.. Enumerable.Range(0, 400).Select(i => x[i * 40] + draws.NextNormal() > 0 ? 1.0 : 0)];
        return Risk.Of<double, DenseRows<double>>(LossKind.Logistic, new DenseRows<double>(x, 400, 40), y,
            new RiskOptions { L2 = 1e-4, Intercept = intercept });
    }

    static (RunResult<double> Run, Counting Looks) Go(IMethod<double, EmpiricalRisk<double>> method, double gap, bool cheap = false)
    {
        EmpiricalRisk<double> risk = Problem();
        Counting looks = new(new RiskCertifier<double>(risk)) { ThoroughIsCheap = cheap };
        return (new Problem<double, EmpiricalRisk<double>>(risk).Minimize(method,
            new RunOptions<double> { MaxSteps = 2000, GapTolerance = gap, AccuracyAsked = true, Certifier = looks }), looks);
    }

    [Fact]
    public void A_method_that_knows_its_gradient_is_looked_at_where_that_can_decide()
    {
        var (run, looks) = Go(Methods.LBfgs(), 1e-8);
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind);
        Assert.InRange(run.Certificate!.RelativeGap, 0, 1e-8);
        Assert.True(run.Steps > 60, $"{run.Steps} steps");
        Assert.InRange(looks.Count, 8, 8 + (run.Steps / 16) + 12);
        // The values in between are those of the points themselves.
        Assert.All(run.Trace.Zip(run.Trace.Skip(1)), p => Assert.True(p.Second.Value <= p.First.Value * (1 + 1e-12)));
        Assert.All(run.Trace, p => Assert.True(double.IsFinite(p.GradientNorm)));
    }

    [Fact]
    public void What_is_proved_needs_no_thorough_certificate_and_what_is_not_gets_one()
    {
        Assert.Equal(0, Go(Methods.LBfgs(), 1e-6).Looks.Thorough);
        Assert.InRange(Go(Methods.LBfgs(), 1e-6, true).Looks.Thorough, 1, int.MaxValue);
        var (run, looks) = Go(Methods.GradientDescent(new Descent.StepSizes.Constant(0.1)), 1e-9);
        Assert.Equal(1, looks.Thorough);
        Assert.Equal(looks.Last!.RelativeGap <= 1e-9 ? OutcomeKind.Converged : OutcomeKind.AccuracyMissed, run.Outcome.Kind);
    }

    // A look at large data costs what an epoch costs: most of the way is made without, and what is asked is not overshot by much.
    [Fact]
    public void While_the_gap_falls_evenly_few_epochs_are_looked_at()
    {
        EmpiricalRisk<double> risk = Problem(intercept: false);
        (RunResult<double> Run, Counting Looks) Descend(bool cheap, bool accuracy)
        {
            Counting looks = new(new RiskCertifier<double>(risk)) { ThoroughIsCheap = cheap };
            RunResult<double> run = new Problem<double, IDualCoordinateOracle<double>>((IDualCoordinateOracle<double>)risk)
                .Minimize(Methods.Sdca(), new RunOptions<double>
                {
                    MaxSteps = 400 * 2000,
                    GapTolerance = 1e-6,
                    GradientTolerance = accuracy ? 0 : 1e-300,
                    TraceEvery = 400,
                    Certifier = looks,
                });
            return (run, looks);
        }
        (RunResult<double> all, Counting every) = Descend(false, false);
        (RunResult<double> run, Counting looks) = Descend(false, true);
        Assert.Equal((OutcomeKind.Converged, OutcomeKind.Converged), (all.Outcome.Kind, run.Outcome.Kind));
        Assert.InRange(run.Certificate!.RelativeGap, 0, 1e-6);
        long epochs = all.Steps / 400;
        Assert.True(epochs > 100, $"{epochs} epochs");
        Assert.True(every.Count > epochs, $"{every.Count} looks of {epochs} epochs");
        Assert.True(looks.Count < epochs / 3, $"{looks.Count} looks of {epochs} epochs");
        Assert.InRange(run.Steps, all.Steps, all.Steps + (4 * 400));
        // The points that both looked at are the same.
        Assert.Subset(all.Trace.Select(p => (p.Step, p.Value, p.LowerBound)).ToHashSet(),
            run.Trace.SkipLast(1).Select(p => (p.Step, p.Value, p.LowerBound)).ToHashSet());
    }

    [Fact]
    public void Small_data_are_looked_at_eight_times_before_a_look_may_wait()
    {
        int Bounds(bool cheap) => Go(Methods.LBfgs(), 1e-8, cheap).Run.Trace.Take(8).Select(p => p.LowerBound).Distinct().Count();
        Assert.Equal(1, Bounds(false));
        Assert.InRange(Bounds(true), 3, 8);
    }

    // Its dual variables are slopes of the pieces 1 − sz; the derivatives of the losses at w alone leave percents open.
    [Theory]
    [InlineData("hinge", 0)]
    [InlineData("absolute", 0.05)]
    public void Dual_variables_of_the_interior_point_method_prove_the_gap_at_a_look(string model, double l1)
    {
        Draws draws = new(8);
        double[] x = [.. Enumerable.Range(0, 300 * 4).Select(_ => draws.NextNormal())];
        double[] y =
            [.. Enumerable.Range(0, 300).Select(i => x[i * 4] + draws.NextNormal()).Select(z => model == "hinge" ? (z > 0 ? 1 : 0) : z)];
        EmpiricalRisk<double> risk = Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, 300, 4),
            y, new RiskOptions { L2 = l1 > 0 ? 0 : 0.01, L1 = l1 });
        Counting looks = new(new RiskCertifier<double>(risk));
        RunResult<double> run = new Problem<double, IPiecewiseLinearOracle<double>>((IPiecewiseLinearOracle<double>)risk).Minimize(
            Methods.InteriorPoint(), new RunOptions<double> { MaxSteps = 100, GapTolerance = 1e-7, Certifier = looks });
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind);
        Assert.InRange(run.Certificate!.RelativeGap, 0, 1e-7);
        Assert.Contains("dual variables", run.Certificate.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, looks.Thorough);
    }

    [Fact]
    public void Fewer_trace_points_before_the_spacing_doubles_are_fewer_looks()
    {
        EmpiricalRisk<double> risk = Problem();
        int Points(int most) => new Problem<double, EmpiricalRisk<double>>(risk).Minimize(
            Methods.GradientDescent(new Descent.StepSizes.Constant(0.1)), new RunOptions<double> { MaxSteps = 1000, TracePoints = most })
            .Trace.Count;
        Assert.InRange(Points(16), 16, 130);
        Assert.True(Points(128) > 3 * Points(16));
    }

    sealed class Counting(ICertifier<double> inner) : ICertifier<double>
    {
        public int Count { get; private set; }

        public int Thorough { get; private set; }

        public Certificate? Last { get; private set; }

        public bool ThoroughIsCheap { get; init; }

        public double Foresee(ReadOnlySpan<double> gradient) => inner.Foresee(gradient);

        public Certificate Certify(ReadOnlySpan<double> w, ReadOnlySpan<double> dual, bool thorough)
        {
            Count++;
            if (thorough) Thorough++;
            return Last = inner.Certify(w, dual, thorough);
        }
    }
}
