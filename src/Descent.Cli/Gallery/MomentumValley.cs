using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Reports.Charts;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>E8: momentum on an ill-conditioned quadratic, and the effective step size 1/(1−λ).</summary>
static class MomentumValley
{
    const double Kappa = 100;

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (double lambda in new[] { 0.5, 0.9, 0.99 })
            rows.Add([$"step over η‖g‖ after 2 000 equal gradients, λ = {Text.Number(lambda)}", "1/(1−λ)", Text.Number(1 / (1 - lambda)),
                Text.Number(EffectiveStep(lambda))]);
        double root = Math.Sqrt(Kappa), best = (Kappa - 1) / (Kappa + 1), momentum = (root - 1) / (root + 1);
        GradientMethod gd = Methods.GradientDescent(new Constant(2 / (1 + Kappa))),
            heavy = Methods.HeavyBallFull(new Constant(4 / ((root + 1) * (root + 1))), momentum * momentum);
        rows.Add(["GD: contraction a step at the best η", "–", $"(κ−1)/(κ+1) = {Text.Number(best)}", Text.Number(Contraction(gd, 400))]);
        rows.Add(["heavy ball: the same at the best η, λ", "–", $"(√κ−1)/(√κ+1) = {Text.Number(momentum)}",
            Text.Number(Contraction(heavy, 500))]);
        return new ExampleResult(rows,
        [
            new Chart
            {
                Title = "Trajectories, κ = 100", XLabel = "w₁", YLabel = "w₂", Width = 560, Height = 300,
                Series = [Path("GD", gd, 40), Path("heavy ball", heavy, 40)],
                Contours = new Contours((x, y) => 0.5 * ((x * x) + (Kappa * y * y)), [1, 10, 50, 150, 350, 700, 1200]),
            },
            new Chart { Title = "Gap", XLabel = "step", YLabel = "F", LogY = true, Series = [Gaps("GD", gd), Gaps("heavy ball", heavy)] },
        ], "Along the valley the gradients agree and momentum makes each of them count 1/(1−λ) times; across it they alternate and "
            + "cancel.");
    }

    static double EffectiveStep(double lambda)
    {
        RuleState<double> state = new HeavyBall(lambda).Start<double>(BlockLayout.Flat(1));
        double[] w = [0];
        double before = 0;
        for (int t = 0; t < 2_000; t++)
        {
            before = w[0];
            state.Apply(w, [1.0], 0.001, t);
        }
        return (before - w[0]) / 0.001;
    }

    static Iteration<double> Start(GradientMethod method) => method.Start(new Quadratic<double>([1, Kappa]), [40, 4], new Draws(1));

    // The double root of the best heavy ball adds a factor t, so the rate is read late, from ln‖w‖ at T and at 3T.
    static double Contraction(GradientMethod method, int steps)
    {
        Iteration<double> run = Start(method);
        run.Advance(steps);
        double first = Vectors.Norm(run.Point);
        run.Advance(2 * steps);
        return Math.Exp(Math.Log(Vectors.Norm(run.Point) / first) / (2 * steps));
    }

    static Series Path(string name, GradientMethod method, int steps)
    {
        Iteration<double> run = Start(method);
        List<double> x = [40], y = [4];
        for (int t = 0; t < steps; t++)
        {
            run.Advance();
            x.Add(run.Point[0]);
            y.Add(run.Point[1]);
        }
        return new Series(name, x, y, Mark.Path);
    }

    static Series Gaps(string name, GradientMethod method)
    {
        Quadratic<double> f = new([1, Kappa]);
        Iteration<double> run = Start(method);
        List<double> x = [0], y = [f.Value(run.Point)];
        for (int t = 1; t <= 200; t++)
        {
            run.Advance();
            x.Add(t);
            y.Add(f.Value(run.Point));
        }
        return new Series(name, x, y);
    }
}
