using Descent.Algorithms;
using Descent.Oracles;

namespace Descent.Tests.Algorithms;

/// <summary>First steps of L-BFGS and BFGS, along −g from min(1, 1/‖g‖): on quadratics every trial of the search is known.</summary>
public class LineSearchCornerTests
{
    static Formula Quadratic(double a, double b, double level = 0) =>
        new(2, w => level + (a * w[0] * w[0] / 2) + (b * w[1] * w[1] / 2), w => [a * w[0], b * w[1]]);

    static Iteration<double> Lbfgs(Formula f, params double[] start) => Methods.LBfgs().Start(f, start, new Draws(1));

    static Iteration<double> Bfgs(Formula f, params double[] start) =>
        ((IMethod<double, IGradientOracle<double>>)new Bfgs()).Start(f, start, new Draws(1));

    // g = (1, 1), H = diag(1, 10): the first trial 1/√2 is too long; the cubic through its ends is φ itself, whose minimiser is 2/11.
    [Fact]
    public void A_first_trial_too_long_is_interpolated()
    {
        foreach (Func<Formula, double[], Iteration<double>> method in new[] { Lbfgs, (Func<Formula, double[], Iteration<double>>)Bfgs })
        {
            Formula f = Quadratic(1, 10);
            Iteration<double> run = method(f, [1, 0.1]);
            run.Advance();
            Assert.Equal(2 / 11.0, run.LastStepSize, 1e-12);
            Assert.Equal(1 - (2 / 11.0), run.Point[0], 1e-12);
            Assert.Equal(3, f.Meter.Gradients);
        }
    }

    // First 1/√2, s* = 2/66 = 0.043 of it: the cubic's minimiser is too near an end, so the middle is tried;
    // 0.086 of the width, then 0.17, which is inside.
    [Fact]
    public void A_minimiser_near_an_end_is_approached_by_halves()
    {
        Formula f = Quadratic(1, 65);
        Iteration<double> run = Lbfgs(f, 1, 1 / 65.0);
        run.Advance();
        Assert.Equal(2 / 66.0, run.LastStepSize, 1e-12);
        Assert.Equal(5, f.Meter.Gradients);
    }

    // Slopes that hardly change ask for longer steps; both Wolfe conditions hold at the end.
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-2)]
    [InlineData(0.3)]
    public void Short_first_trials_are_lengthened(double a)
    {
        Formula f = Quadratic(a, a);
        Iteration<double> run = Lbfgs(f, 1, 0);
        run.Advance();
        double s = run.LastStepSize, slope = 1 - (a * s);
        Assert.InRange(Math.Abs(slope), 0, 0.9);
        Assert.True(f.Value([1 - (s * a), 0]) <= (a / 2) - (1e-4 * s * a * a));
        Assert.InRange(f.Meter.Gradients, 2, 3 + Math.Ceiling(Math.Log(1 / a, 4)));
    }

    // A domain that ends just behind the point: trials are drawn in from where F is NaN.
    [Fact]
    public void Trials_outside_the_domain_are_drawn_in()
    {
        Formula f = new(1, w => w[0] < 1.01 ? 10 * w[0] * w[0] - Math.Log(1.01 - w[0]) : double.NaN,
            w => [(20 * w[0]) + (1 / (1.01 - w[0]))]);
        foreach (Iteration<double> run in new[] { Lbfgs(f, -5), Bfgs(f, -5), Lbfgs(f, 1), Bfgs(f, 1) })
        {
            run.Advance(100);
            Assert.True(run.Ended is { Converged: true }, run.Ended?.Reason);
            // 20w(1.01 − w) = −1.
            Assert.Equal((1.01 - Math.Sqrt((1.01 * 1.01) + 0.2)) / 2, run.Point[0], 1e-7);
        }
    }

    [Fact]
    public void A_gradient_of_length_one_is_no_end_and_one_of_zero_is()
    {
        foreach (Func<Formula, double[], Iteration<double>> method in new[] { Lbfgs, (Func<Formula, double[], Iteration<double>>)Bfgs })
        {
            Iteration<double> run = method(Quadratic(1, 1), [1, 0]);
            run.Advance();
            Assert.Null(run.Ended);
            Assert.Equal([0, 0], run.Point.ToArray());
            Assert.Equal(1, run.LastStepSize);
            run.Advance();
            Assert.Equal((true, "the gradient is zero", 0.0), (run.Ended!.Converged, run.Ended.Reason, run.LastStepSize));
        }
    }

    [Fact]
    public void Where_no_step_helps_the_reason_is_given()
    {
        Formula wrong = new(2, w => w[0] * w[0], w => [-2 * w[0], 0]), hole = new(2, w => w[0] == 2 ? 4 : double.NaN, w => [2 * w[0], 0]);
        foreach (Func<Formula, double[], Iteration<double>> method in new[] { Lbfgs, (Func<Formula, double[], Iteration<double>>)Bfgs })
        {
            Iteration<double> run = method(wrong, [2, 0]);
            run.Advance();
            Assert.Equal((true, "no step decreases F in this precision", 2.0), (run.Ended!.Converged, run.Ended.Reason, run.Point[0]));
            run = method(hole, [2, 0]);
            run.Advance();
            Assert.Equal((false, "F is not finite along the direction", 2.0), (run.Ended!.Converged, run.Ended.Reason, run.Point[0]));
        }
    }

    // Directions of 1e200 and slopes beyond the range: the search runs in units of the largest entry.
    [Fact]
    public void Huge_gradients_are_searched_in_their_own_units()
    {
        Formula f = Quadratic(1e200, 3e200);
        foreach (Iteration<double> run in new[] { Lbfgs(f, 1, 1), Bfgs(f, 1, 1) })
        {
            run.Advance();
            Assert.Null(run.Ended);
            Assert.InRange(f.Value(run.Point), 0, 1e200);
        }
    }

    // ‖g‖ = 100: the first trial is 1/100, its slope 0.99 of the first asks for 0.04, that for 0.16, where it is 0.84.
    [Fact]
    public void The_first_trial_is_a_unit_of_length_and_grows_fourfold()
    {
        Formula f = Quadratic(1, 1);
        Iteration<double> run = Lbfgs(f, 100, 0);
        run.Advance();
        Assert.Equal(0.16, run.LastStepSize, 1e-15);
        Assert.Equal(4, f.Meter.Gradients);
    }

    // φ(s) falls by 5·10⁻⁴ at s = ¼, φ′(0) = −16: enough for c₁ = 10⁻⁴, where 4·10⁻⁴ are asked.
    [Theory]
    [InlineData(0)]
    [InlineData(-3.9)]
    public void Sufficient_decrease_is_in_proportion_to_the_step(double end)
    {
        // On [0, 1] the cubic of values 0 and −5·10⁻⁴ with slopes −4 and the given one; beyond, a parabola with its minimum at 4.
        double drop = -5e-4, c2 = (3 * drop) + 8 - end, c3 = (-2 * drop) - 4 + end;
        double Value(double x) =>
            x <= 1 ? (-4 * x) + (c2 * x * x) + (c3 * x * x * x) : drop + (end * (x - 1)) - (end / 6 * (x - 1) * (x - 1));
        double Slope(double x) => x <= 1 ? -4 + (2 * c2 * x) + (3 * c3 * x * x) : end - (end / 3 * (x - 1));
        Formula f = new(1, w => Value(w[0]), w => [Slope(w[0])]);
        Iteration<double> run = Lbfgs(f, 0);
        run.Advance();
        // At the first trial x = 1: a flat slope is accepted, a steep one asks for four times the step.
        Assert.Equal(end == 0 ? 1 : 4, run.Point[0], 1e-12);
        Assert.Equal(end == 0 ? 2 : 3, f.Meter.Gradients);
    }

    // The value may be finite where the slope is not.
    [Fact]
    public void Slopes_that_are_not_finite_draw_the_trial_in()
    {
        Formula f = new(1, w => (w[0] - 0.3) * (w[0] - 0.3), w => [w[0] < 0.25 ? double.NaN : 2 * (w[0] - 0.3)]);
        foreach (Iteration<double> run in new[] { Lbfgs(f, 1), Bfgs(f, 1) })
        {
            run.Advance(60);
            Assert.True(run.Ended is { Converged: true }, run.Ended?.Reason);
            Assert.Equal(0.3, run.Point[0], 1e-7);
        }
    }

    [Fact]
    public void Exact_steps_end_at_a_zero_gradient_and_where_nothing_bends_up()
    {
        Iteration<double> Exact(double a, double start) =>
            ((IMethod<double, IHessianOracle<double>>)new MethodSettings(Catalogue.Find("exact-line-search")!).Build())
                .Start(new Formula(1, w => a * w[0] * w[0] / 2, w => [a * w[0]], _ => [a]), [start], new Draws(1));
        Iteration<double> zero = Exact(4, 0), down = Exact(-4, 1), up = Exact(4, 1);
        foreach (Iteration<double> run in new[] { zero, down, up }) run.Advance();
        Assert.Equal((true, "the gradient is zero", 0), (zero.Ended!.Converged, zero.Ended.Reason, zero.LastStepSize));
        Assert.Equal((false, 0, 1), (down.Ended!.Converged, down.LastStepSize, down.Point[0]));
        Assert.StartsWith("the curvature along the gradient is not positive", down.Ended.Reason, StringComparison.Ordinal);
        Assert.Null(up.Ended);
        Assert.Equal((0.25, 0), (up.LastStepSize, up.Point[0]));
    }

    // H = 1000: from 1 the step is halved to 1/1024; then one trial of twice that and one of itself are all it takes.
    [Fact]
    public void Backtracking_begins_where_the_last_step_left_off()
    {
        Formula f = new(1, w => 500 * w[0] * w[0], w => [1000 * w[0]], _ => [1000]);
        Iteration<double> run = new NegativeCurvature(1, 1e-8).Start(f, [1], new Draws(1));
        run.Advance();
        Assert.Equal((1 / 1024.0, 11), (run.LastStepSize, f.Meter.Values));
        run.Advance();
        Assert.Equal((1 / 1024.0, 13), (run.LastStepSize, f.Meter.Values));
    }
}
