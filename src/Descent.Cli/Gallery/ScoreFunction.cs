using Descent.Cli.Output;
using Descent.Autodiff;
using Descent.Reports.Charts;

namespace Descent.Cli.Gallery;

/// <summary>
/// M39: gradients through random variables, by the score function and by reparameterisation, each differentiated on a tape (W 4 (15)).
/// </summary>
static class ScoreFunction
{
    const int Count = 40_000;

    public static ExampleResult Run()
    {
        // ∇θ E f(z), z ~ N(θ, 1), f = z²: exact 2θ. Score: f(z)∇θ log p(z); path: f′(θ + ε).
        List<IReadOnlyList<string>> rows = [];
        List<double> at = [], score = [], path = [];
        foreach (double theta in new[] { 0, 0.5, 1, 2, 3 })
        {
            var (sm, sv) = Estimate(theta, true);
            var (pm, pv) = Estimate(theta, false);
            // Moments of the normal: Var = E[z⁴(z−θ)²] − 4θ² = θ⁴ + 14θ² + 15.
            double exact = Math.Pow(theta, 4) + (14 * theta * theta) + 15;
            if (theta is 0 or 1 or 3)
            {
                rows.Add([$"∇E z², θ = {Text.Number(theta)}: score function, mean | variance", "the sign is +, printed −",
                    $"{Text.Number(2 * theta)} | {Text.Number(exact)}", $"{Text.Number(sm, "0.00")} | {Text.Number(sv, "0.0")}"]);
                rows.Add([$"∇E z², θ = {Text.Number(theta)}: reparameterised, mean | variance", "–", $"{Text.Number(2 * theta)} | 4",
                    $"{Text.Number(pm, "0.00")} | {Text.Number(pv, "0.00")}"]);
            }
            at.Add(theta);
            score.Add(sv);
            path.Add(pv);
        }
        // Latent variable: x = z + N(0, 1), z ~ N(θ, 1). ∇ log p(x|θ) = E[∇ log p(x, z|θ)] over z ~ N((θ+x)/2, ½), which is (x−θ)/2.
        var (mean, _) = Latent(0.5, 2);
        rows.Add(["∇ log p(x|θ) by z ~ p(z|x), x = 2, θ = 0.5", "E[∇ log p(x, z|θ)]", "0.75", Text.Number(mean, "0.000")]);
        return new ExampleResult(rows,
            [new Chart { Title = "Variance of one draw", XLabel = "θ", YLabel = "variance", LogY = true,
            Series = [new Series("score function", at, score, Mark.Path), new Series("reparameterised", at, path, Mark.Path)] }],
            "The score function needs only values of f and pays with a variance that grows with them; the reparameterised gradient "
                + "needs f to be differentiable.");
    }

    static (double Mean, double Variance) Estimate(double theta, bool score)
    {
        Draws draws = new(39, (ulong)(10 * theta));
        Tape<double> tape = new();
        Var<double>[] g = new Var<double>[1];
        double sum = 0, squares = 0;
        for (int k = 0; k < Count; k++)
        {
            tape.Reset();
            Var<double> parameter = tape.Leaf([theta]);
            double noise = draws.NextNormal();
            if (score)
            {
                double z = theta + noise;
                // log p(z; θ) = −½(z − θ)² + constant.
                tape.Gradient(-0.5 * (z - parameter).Square() * (z * z), [parameter], g);
            }
            else
            {
                tape.Gradient((parameter + noise).Square(), [parameter], g);
            }
            double value = g[0].Scalar;
            sum += value / Count;
            squares += value * value / Count;
        }
        return (sum, squares - (sum * sum));
    }

    static (double Mean, double Variance) Latent(double theta, double x)
    {
        Draws draws = new(40);
        Tape<double> tape = new();
        Var<double>[] g = new Var<double>[1];
        double sum = 0, squares = 0;
        for (int k = 0; k < Count; k++)
        {
            tape.Reset();
            Var<double> parameter = tape.Leaf([theta]);
            double z = ((theta + x) / 2) + (Math.Sqrt(0.5) * draws.NextNormal());
            // log p(x, z|θ) = −½(x − z)² − ½(z − θ)² + constant.
            tape.Gradient(-0.5 * ((x - z) * (x - z)) - (0.5 * (z - parameter).Square()), [parameter], g);
            sum += g[0].Scalar / Count;
            squares += g[0].Scalar * g[0].Scalar / Count;
        }
        return (sum, squares - (sum * sum));
    }
}
