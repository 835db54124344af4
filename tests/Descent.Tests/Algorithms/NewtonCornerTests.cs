using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Tests.Recursions;

namespace Descent.Tests.Algorithms;

/// <summary>Newton's method and its relatives where the Hessian is not definite, not finite, or F resolves no more:
/// what a step must be, by hand.</summary>
public class NewtonCornerTests
{
    // F = y⁴/4 − y²/2 bends down at 0.1: a step of the gradient alone, g = −0.099, next to the damping of 1e-10 that showed it.
    [Fact]
    public void Without_curvature_Newton_takes_a_gradient_step()
    {
        Formula f = new(1, w => (Math.Pow(w[0], 4) / 4) - (w[0] * w[0] / 2), w => [Math.Pow(w[0], 3) - w[0]], w => [(3 * w[0] * w[0]) - 1]);
        Iteration<double> run = Methods.Newton().Start(f, [0.1], new Draws(1));
        run.Advance();
        Assert.Equal(0.199, run.Point[0], 1e-9);
        Assert.Equal(1, run.LastStepSize);
        run.Advance(60);
        Assert.Equal(1, run.Point[0], 1e-12);
        Assert.True(run.Ended!.Converged);
    }

    // ½x² + y/1000: y has a slope and no curvature, and is lent 10⁻⁸ of the largest.
    [Fact]
    public void A_coordinate_without_curvature_is_lent_a_little()
    {
        Formula f = new(2, w => (2 * w[0] * w[0]) + (1e-3 * w[1]), w => [4 * w[0], 1e-3], _ => [4, 0, 0, 0]);
        Iteration<double> run = Methods.Newton().Start(f, [3, 0], new Draws(1));
        run.Advance();
        Assert.Equal(0, run.Point[0], 1e-8);
        Assert.Equal(-1e-3 / 4e-8, run.Point[1], 1e-3);
        // The second that is definite needs no loan: −1/10⁶ of the largest stays as it is.
        Formula small = new(2, w => (2 * w[0] * w[0]) + (2e-6 * w[1] * w[1]), w => [4 * w[0], 4e-6 * w[1]], _ => [4, 0, 0, 4e-6]);
        run = Methods.Newton().Start(small, [3, 5], new Draws(1));
        run.Advance();
        Assert.InRange(Norms.Square(run.Point.ToArray()), 0, 1e-29);
    }

    // A full step of log cosh overshoots beyond 1.08866, where sinh 2x = 4x; halves are tried until F falls by 10⁻⁴ of the decrement.
    [Fact]
    public void Steps_are_halved_until_F_falls()
    {
        Formula f = new(1, w => Math.Log(Math.Cosh(w[0])), w => [Math.Tanh(w[0])], w => [1 / Math.Pow(Math.Cosh(w[0]), 2)]);
        foreach (double start in new[] { 1.08865, 1.08868, 1.2, 1.5, 1.8 })
        {
            double direction = Math.Tanh(start) * Math.Pow(Math.Cosh(start), 2), s = 1;
            while (Math.Log(Math.Cosh(start - (s * direction))) > Math.Log(Math.Cosh(start)) - (1e-4 * s * Math.Tanh(start) * direction))
                s /= 2;
            Iteration<double> run = Methods.Newton().Start(f, [start], new Draws(1));
            run.Advance();
            Assert.Equal(start - (s * direction), run.Point[0], 1e-14);
            Assert.Equal(s, run.LastStepSize);
            run.Advance(50);
            Assert.Equal(0, run.Point[0], 1e-9);
            Assert.True(run.Ended!.Converged);
        }
        // From 6 even a sixteenth is too long; a damped step comes in its place.
        Iteration<double> far = Methods.Newton().Start(f, [6], new Draws(1));
        far.Advance();
        Assert.InRange(Math.Abs(far.Point[0]), 0, 5.9999);
        Assert.Null(far.Ended);
    }

    [Fact]
    public void What_is_not_finite_ends_the_run_with_a_sentence()
    {
        Formula hole = new(1, w => w[0] == 2 ? 4 : double.NaN, w => [2 * w[0]], _ => [2]);
        Iteration<double> run = Methods.Newton().Start(hole, [2], new Draws(1));
        run.Advance();
        Assert.Equal((false, "F is not finite near the iterate", 0), (run.Ended!.Converged, run.Ended.Reason, run.LastStepSize));
        Assert.Equal(2, run.Point[0]);
        Formula curved = new(2, w => w[0] * w[0], w => [2 * w[0], 0], _ => [1, double.NaN, 0, 1]);
        run = Methods.Newton().Start(curved, [2, 0], new Draws(1));
        run.Advance();
        Assert.False(run.Ended!.Converged);
        Assert.StartsWith("the curvature of F is not finite", run.Ended.Reason, StringComparison.Ordinal);
        Assert.Equal(0, run.LastStepSize);
    }

    // 10⁶ + ½(x − 1)² resolves no distance below 10⁻⁵ from 1: the last step is taken all the same.
    [Fact]
    public void The_last_cubic_step_is_taken_where_F_resolves_no_more()
    {
        Formula f = new(1, w => 1e6 + ((w[0] - 1) * (w[0] - 1) / 2), w => [w[0] - 1], _ => [1]),
            rising = new(1, w => 1e6 + (w[0] == 1 + 1e-6 ? 0 : 1), w => [w[0] - 1], _ => [1]);
        foreach (double? lipschitz in new double?[] { null, 1 })
        {
            Iteration<double> run = new CubicNewton(lipschitz).Start(f, [1 + 1e-6], new Draws(1));
            run.Advance();
            Assert.Equal(1, run.Point[0], 1e-11);
            Assert.True(run.Ended!.Converged);
            Assert.Equal(0, run.LastStepSize);
            // Where F would rise it is not.
            run = new CubicNewton(lipschitz).Start(rising, [1 + 1e-6], new Draws(1));
            run.Advance();
            Assert.Equal(1 + 1e-6, run.Point[0]);
        }
    }

    [Fact]
    public void Cubic_steps_out_of_the_domain_are_not_taken()
    {
        // w − log w from 3 with J = 10⁻³: a step of the model leads below 0, where F is NaN.
        Formula f = new(1, w => w[0] > 0 ? w[0] - Math.Log(w[0]) : double.NaN, w => [1 - (1 / w[0])], w => [1 / (w[0] * w[0])]);
        foreach (double? j in new double?[] { null, 1e-3 })
        {
            Iteration<double> run = new CubicNewton(j).Start(f, [3], new Draws(1));
            run.Advance();
            Assert.InRange(run.Point[0], 1e-9, 2.999);
            run.Advance(200);
            Assert.Equal(1, run.Point[0], 1e-6);
            Assert.True(run.Ended!.Converged);
        }
        Formula hole = new(1, w => w[0] == 2 ? 4 : double.NaN, w => [2 * w[0]], _ => [2]);
        foreach (Iteration<double> run in new[] { new CubicNewton().Start(hole, [2], new Draws(1)),
            new KrylovCubicNewton().Start(hole, [2], new Draws(1)), new NegativeCurvature().Start(hole, [2], new Draws(1)),
            new CoordinateDescent().Start(hole, [2], new Draws(1)) })
        {
            run.Advance();
            Assert.Equal((false, "F is not finite near the iterate", 0, 2),
                (run.Ended!.Converged, run.Ended.Reason, run.LastStepSize, run.Point[0]));
        }
    }

    // 1 + e^−x has no minimum: every step is 1, the decrement falls by 1/e and F as predicted,
    // which is no standstill until F resolves no more.
    [Fact]
    public void A_direction_of_recession_is_followed_to_the_rounding_of_F()
    {
        Formula f = new(1, w => 1 + Math.Exp(-w[0]), w => [-Math.Exp(-w[0])], w => [Math.Exp(-w[0])]);
        Iteration<double> run = Methods.Newton().Start(f, [0], new Draws(1));
        run.Advance(1);
        Assert.Equal(1, run.Point[0], 1e-15);
        run.Advance(200);
        Assert.True(run.Ended!.Converged);
        Assert.InRange(run.Point[0], 31, 40);
    }

    [Fact]
    public void Curvature_that_is_not_finite_takes_no_step()
    {
        Formula f = new(1, _ => 4, _ => [2], _ => [double.NaN]);
        foreach (Iteration<double> run in new[] { new CubicNewton().Start(f, [2], new Draws(1)),
            new NegativeCurvature().Start(f, [2], new Draws(1)) })
        {
            run.Advance();
            Assert.Equal((1, 2), (run.Step, run.Point[0]));
            Assert.True(double.IsNaN(run.LastValue));
        }
    }

    [Fact]
    public void The_conclusion_names_gradient_and_least_eigenvalue()
    {
        Formula f = new(2, w => 0, _ => [3, 4], _ => [2, 0, 0, -0.5]);
        Assert.Contains("‖∇F‖ = 5 and λ_min(∇²F) = -0.5 ± 4.1E-15", new CubicNewton().Start(f, [0, 0], new Draws(1)).Conclude(),
            StringComparison.Ordinal);
        Assert.Contains("δ ≥ 0.5.", new CubicNewton().Start(f, [0, 0], new Draws(1)).Conclude(), StringComparison.Ordinal);
        Assert.Null(new CubicNewton().Start(new Formula(1, _ => double.NaN, _ => [1], _ => [1]), [0], new Draws(1)).Conclude());
    }

    // Second order: ends only where ‖∇F‖ ≤ ε and no eigenvalue is below −√(Jε).
    [Fact]
    public void Negative_curvature_ends_at_second_order_points_only()
    {
        Formula saddle = new(2, w => (w[0] * w[0] / 2) - (0.005 * w[1] * w[1]) + Math.Pow(w[1], 4),
            w => [w[0], (-0.01 * w[1]) + (4 * Math.Pow(w[1], 3))], w => [1, 0, 0, -0.01 + (12 * w[1] * w[1])]);
        Iteration<double> run = new NegativeCurvature(10, 1e-3).Start(saddle, [0, 0], new Draws(1));
        run.Advance();
        Assert.True(run.Ended!.Converged);
        Assert.Contains("-0.01", run.Ended.Reason, StringComparison.Ordinal);
        run = new NegativeCurvature(10, 1e-6).Start(saddle, [0, 0], new Draws(1));
        run.Advance();
        Assert.Null(run.Ended);
        Assert.Equal(2 * 0.01 / 10, Math.Abs(run.Point[1]), 1e-15);
        Assert.Equal(2 * 0.01 / 10, run.LastStepSize, 1e-15);
        run.Advance(2000);
        Assert.True(run.Ended!.Converged);
        Assert.Equal(0.05, Math.Abs(run.Point[1]), 1e-4);
    }

    // A Hessian is formed up to the largest dimension asked for, and columns are used beyond.
    [Fact]
    public void Coordinate_descent_forms_a_matrix_up_to_its_limit()
    {
        Draws draws = new(2);
        double[] x = [.. Enumerable.Range(0, 60).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, 20).Select(_ => draws.NextNormal())];
        foreach (int largest in new[] { 2, 3, 4 })
        {
            var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, 20, 3), y, default,
                new RiskOptions { Intercept = false, L1 = 0.1 });
            new CoordinateDescent(largest).Start(risk, new double[3], new Draws(1)).Advance(2);
            Assert.Equal(largest >= 3, risk.Meter.SecondOrder > 0);
        }
    }

    // One Hessian-like matrix and two solves a step, of a gradient's cost twice each.
    [Fact]
    public void The_interior_point_counts_what_it_asks()
    {
        Draws draws = new(2);
        double[] x = [.. Enumerable.Range(0, 40).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, 20).Select(_ => draws.NextNormal())];
        var risk = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(new DenseRows<double>(x, 20, 2), y, new PinballLoss(0.3, 1),
            new RiskOptions { Intercept = false });
        Iteration<double> run = new InteriorPoint().Start(risk, [0.5, -1], new Draws(1));
        Assert.Equal(risk.Value(new double[] { 0.5, -1 }), run.LastValue, 1e-14);
        (long gradients, long second) = (risk.Meter.Gradients, risk.Meter.SecondOrder);
        run.Advance(3);
        Assert.Equal((3 * 4 * 20, 3 * 20), (risk.Meter.Gradients - gradients, risk.Meter.SecondOrder - second));
    }

    // A column twice and a column of zeros: the matrix is singular at every step, the optimum is that without them.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.2)]
    public void The_interior_point_copes_with_singular_designs(double tau)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Draws draws = new(seed);
            double[] a = [.. Enumerable.Range(0, 15).Select(_ => draws.NextNormal())],
                y = [.. Enumerable.Range(0, 15).Select(_ => draws.NextNormal())];
            double best = double.PositiveInfinity;
            foreach (double w in a.Zip(y, (p, q) => q / p))
                best = Math.Min(best, a.Zip(y, (p, q) => q - (w * p) is var r && r > 0 ? tau * r : (tau - 1) * r).Average());
            double[] x = [.. a.SelectMany(p => new[] { p, 0, -2 * p })];
            var risk = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(new DenseRows<double>(x, 15, 3), y,
                new PinballLoss(tau, 1), new RiskOptions { Intercept = false });
            Iteration<double> run = new InteriorPoint().Start(risk, new double[3], new Draws(1));
            run.Advance(100);
            Assert.True(run.Ended is { Converged: true }, run.Ended?.Reason);
            Assert.InRange(run.Step, 3, 40);
            Assert.Equal(best, risk.Value(run.Point), 1e-9);
        }
    }
}
