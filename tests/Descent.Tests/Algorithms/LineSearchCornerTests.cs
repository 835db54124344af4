using Descent.Algorithms;
using Descent.Oracles;

namespace Descent.Tests.Algorithms;

/// <summary>First steps of L-BFGS and BFGS, along −g from min(1, 1/‖g‖): on quadratics every trial of the search is known.</summary>
public class LineSearchCornerTests
{
    static Formula Quadratic(double a, double b, double level = 0) => new(2, w => level + (a * w[0] * w[0] / 2) + (b * w[1] * w[1] / 2), w => [a * w[0], b * w[1]]);

    static Iteration<double> Lbfgs(Formula f, params double[] start) => Methods.LBfgs().Start(f, start, new Draws(1));

    static Iteration<double> Bfgs(Formula f, params double[] start) => ((IMethod<double, IGradientOracle<double>>)new Bfgs()).Start(f, start, new Draws(1));

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

    // First 1/√2, s* = 2/66 = 0.043 of it: the cubic's minimiser is too near an end, so the middle is tried; 0.086 of the width, then 0.17, which is inside.
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
        Formula f = new(1, w => w[0] < 1.01 ? 10 * w[0] * w[0] - Math.Log(1.01 - w[0]) : double.NaN, w => [(20 * w[0]) + (1 / (1.01 - w[0]))]);
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
}
