using Descent.Rules;

namespace Descent.Tests.Rules;

/// <summary>Rules with one scalar, step by step against their recursions written out.</summary>
public class NormRuleTests
{
    static readonly double[][] Gradients = [[3, 4], [0.6, 0.8], [0, 0], [-1, 2]];

    static double[] Run(IRule rule, double eta)
    {
        RuleState<double> state = rule.Start<double>(BlockLayout.Flat(2));
        double[] w = [1, 1];
        for (int t = 0; t < Gradients.Length; t++) state.Apply(w, Gradients[t], eta, t);
        return w;
    }

    static double[] ByHand(Func<int, double> step)
    {
        double[] w = [1, 1];
        for (int t = 0; t < Gradients.Length; t++)
            for (int j = 0; j < 2; j++) w[j] -= step(t) * Gradients[t][j];
        return w;
    }

    static void Close(double[] expected, double[] found)
    {
        for (int j = 0; j < 2; j++) Assert.Equal(expected[j], found[j], 1e-13);
    }

    // Squared norms: 25, 1, 0, 5.
    [Fact]
    public void Adagrad_norm_sums_squares() =>
        Close(ByHand(t => 0.5 / Math.Sqrt(1e-8 + new[] { 25.0, 26, 26, 31 }[t])), Run(new AdaGradNorm(), 0.5));

    [Fact]
    public void Delayed_adagrad_norm_leaves_the_newest_out() =>
        Close(ByHand(t => 0.5 / Math.Sqrt(4 + new[] { 0.0, 25, 26, 26 }[t])), Run(new AdaGradNorm(2, true), 0.5));

    // A with β = ½: 25, 13.5, 6.75, 8.375.
    [Fact]
    public void Ema_norm_averages_squares() =>
        Close(ByHand(t => 0.5 / Math.Sqrt(0.01 + new[] { 25, 13.5, 6.75, 8.375 }[t])), Run(new EmaNorm(0.5, 0.1), 0.5));

    // tA: 25, 27, 20.25, 33.5; the maximum so far: 25, 27, 27, 33.5.
    [Fact]
    public void Corrected_ema_norm_never_shrinks_its_denominator() =>
        Close(ByHand(t => 0.5 / Math.Sqrt(new[] { 25, 27, 27, 33.5 }[t])), Run(new EmaNorm(0.5, 0.1, true), 0.5));

    [Fact]
    public void Normalised_steps_have_the_length_of_the_step_size()
    {
        RuleState<double> state = new Normalised(0.5).Start<double>(BlockLayout.Flat(2));
        double[] w = [1, 1];
        state.Apply(w, [3, 4], 0.5, 0);
        Close([1 - 0.3, 1 - 0.4], w);
        // m = ½(3, 4) + ½(−3, 4) = (0, 4).
        state.Apply(w, [-3, 4], 0.5, 1);
        Close([0.7, 0.1], w);
        RuleState<double> still = new Normalised().Start<double>(BlockLayout.Flat(2));
        still.Apply(w, [0, 0], 0.5, 0);
        Close([0.7, 0.1], w);
    }

    [Fact]
    public void Sign_descent_moves_by_the_step_size_or_not_at_all()
    {
        double[] w = [1, 1, 1];
        new SignDescent().Start<double>(BlockLayout.Flat(3)).Apply(w, [1e-200, -5, 0], 0.25, 0);
        Assert.Equal([0.75, 1.25, 1], w);
    }

    // C 17.2: a gradient of 3 with probability ⅓ and −1 otherwise has mean ⅓, so w should fall; signs push it up.
    [Fact]
    public void Sign_descent_goes_the_wrong_way_where_the_notes_say()
    {
        RuleState<double> sign = new SignDescent().Start<double>(BlockLayout.Flat(1)), sgd = new Sgd().Start<double>(BlockLayout.Flat(1));
        double[] a = [0], b = [0];
        for (int t = 0; t < 300; t++)
        {
            double[] g = [t % 3 == 0 ? 3 : -1];
            sign.Apply(a, g, 0.01, t);
            sgd.Apply(b, g, 0.01, t);
        }
        Assert.True(a[0] > 0.9);
        Assert.True(b[0] < -0.9);
    }

    // Reddi, Kale and Kumar 2018, theorem 1: gradients C, −1, −1 in turn on [−1, 1], C > 2, β₁ = 0, β₂ = 1/(1 + C²), η/√t:
    // the mean gradient is positive, so −1 is best, and Adam ends at +1; AMSGrad does not.
    [Fact]
    public void Adam_goes_the_wrong_way_and_amsgrad_does_not()
    {
        const double C = 3, Beta2 = 1 / (1 + (C * C));
        double End(IRule rule)
        {
            RuleState<double> state = rule.Start<double>(BlockLayout.Flat(1));
            double[] x = [0];
            for (int t = 0; t < 30_000; t++)
            {
                state.Apply(x, [t % 3 == 0 ? C : -1], 0.5 / Math.Sqrt(t + 1), t);
                x[0] = Math.Clamp(x[0], -1, 1);
            }
            return x[0];
        }
        Assert.True(End(new Adam(0, Beta2)) > 0.9);
        Assert.True(End(new AmsGrad(0, Beta2)) < -0.9);
    }

    [Fact]
    public void Adagrad_takes_nothing_over_nothing_for_nothing()
    {
        double[] w = [1, 1];
        new AdaGrad(0, true).Start<double>(BlockLayout.Flat(2)).Apply(w, [0, 2], 0.5, 0);
        Assert.Equal([1, 0.5], w);
    }
}
