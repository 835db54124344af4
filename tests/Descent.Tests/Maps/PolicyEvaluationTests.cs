using Descent.Approximation;
using Descent.Maps;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests.Maps;

/// <summary>
/// Maps whose fixed points are known: Boyan's chain (Machine Learning 49, 2002), whose values are V(s) = −2s and, over his four features,
/// the weights (−24, −16, −8, 0); a matrix scaled to be doubly stochastic.
/// </summary>
public class PolicyEvaluationTests
{
    const int States = 13;

    // V ← r + PV: from s ≥ 2 to s − 1 or s − 2 with a reward of −3, from 1 to 0 with −2; 0 is the end.
    sealed class Evaluation : IFixedPointMap
    {
        public int Dimension => States;

        public void Map(ReadOnlySpan<double> x, Span<double> image)
        {
            (image[0], image[1]) = (0, -2 + x[0]);
            for (int s = 2; s < States; s++) image[s] = -3 + ((x[s - 1] + x[s - 2]) / 2);
        }
    }

    // TD(0): w + δ(w)φ(s), one transition from a state drawn at random; a sample of several is their mean.
    sealed class TemporalDifference : INoisyMap
    {
        public int Dimension => 4;

        public void Map(ReadOnlySpan<double> x, Sample sample, Span<double> image)
        {
            x.CopyTo(image);
            for (int i = 0; i < sample.Count; i++)
            {
                Draws draws = new(sample.Key, (ulong)(sample.First + i));
                int s = draws.NextIndex(States), next = s < 2 ? s - 1 : s - 1 - draws.NextIndex(2);
                double delta = s == 0 ? 0 : s == 1 ? -2 : -3;
                for (int j = 0; j < 4; j++) delta += (Feature(next, j) - Feature(s, j)) * x[j];
                for (int j = 0; j < 4; j++) image[j] += delta * Feature(s, j) / sample.Count;
            }
        }
    }

    // Hats about 12, 8, 4 and 0; nothing after the end.
    static double Feature(int state, int feature) =>
        state < 0 ? 0 : Math.Max(0, 1 - (Math.Abs(state - (12 - (4 * feature))) / 4.0));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_of_a_policy_are_the_fixed_point(bool accelerated)
    {
        Evaluation map = new();
        double[] start = new double[States];
        MapIteration run = accelerated ? new Anderson(map, start, 5) : new FixedPointIteration(map, start);
        MapResult found = run.Run(new MapOptions(1e-11, 1_000));
        for (int s = 0; s < States; s++) Assert.Equal(-2.0 * s, found.Point[s], 1e-9);
        Assert.True(run.Contraction > 0.5);
    }

    // LSTD solves Σφ(φ − φ′)ᵀw = Σφr over all transitions by their probabilities, which Boyan's weights do. TD(0) sees one transition at a
    // time, and its average has the covariance A⁻¹ΣA⁻ᵀ/n, A = Eφ(φ − φ′)ᵀ, Σ = Eδ²φφᵀ: numpy 1.24 gives the roots of its diagonal.
    [Fact]
    public void TD_comes_to_the_solution_of_LSTD()
    {
        double[] exact = [-24, -16, -8, 0], errors = [0.01481468, 0.01231926, 0.00823439, 0.00467191];
        foreach (double left in Lstd(exact)) Assert.Equal(0, left, 1e-12);
        RootEstimate found = new RobbinsMonroProcedure { Gain = new Power(1, 0.6) }
            .Run(new NoisyFixedPoint(new TemporalDifference()), [0, 0, 0, 0], 300_000, new Draws(9));
        // The start weighs another A⁻¹(w₁ − w)/n.
        for (int j = 0; j < 4; j++) Assert.InRange(found.Average[j] - exact[j], -(5 * errors[j]), 5 * errors[j]);
    }

    // A mini-batch is the mean of its transitions: its noise has a variance of 1/B.
    [Fact]
    public void A_mini_batch_is_the_mean_of_its_draws()
    {
        TemporalDifference map = new();
        double[] w = [1, 2, 3, 4], whole = new double[4], one = new double[4], sum = new double[4];
        NoisyFixedPoint root = new(map);
        root.Observe(w, new Sample(SampleOrder.Replacement, 7, 16, 8), whole);
        for (int i = 0; i < 8; i++)
        {
            root.Observe(w, new Sample(SampleOrder.Replacement, 7, 16 + i, 1), one);
            for (int j = 0; j < 4; j++) sum[j] += one[j] / 8;
        }
        for (int j = 0; j < 4; j++) Assert.Equal(sum[j], whole[j], 1e-14);
    }

    // What LSTD's equations leave at w.
    static double[] Lstd(double[] w)
    {
        double[] left = new double[4];
        for (int s = 0; s < States; s++)
            for (int jump = 1; jump <= 2; jump++)
                for (int j = 0; j < 4; j++)
                {
                    int next = s < 2 ? s - 1 : s - jump;
                    left[j] -= Feature(s, j) * (s == 0 ? 0 : s == 1 ? -2 : -3);
                    for (int k = 0; k < 4; k++) left[j] += Feature(s, j) * (Feature(s, k) - Feature(next, k)) * w[k];
                }
        return left;
    }

    // Sinkhorn: u ← 1/(K(1/(Kᵀu))). The scaled matrix of ((a, b), (c, d)) has √(ad)/(√(ad) + √(bc)) in its corner.
    sealed class Sinkhorn(double[] k) : IFixedPointMap
    {
        public int Dimension => 2;

        public void Map(ReadOnlySpan<double> x, Span<double> image)
        {
            double p = 1 / ((k[0] * x[0]) + (k[2] * x[1])), q = 1 / ((k[1] * x[0]) + (k[3] * x[1]));
            (image[0], image[1]) = (1 / ((k[0] * p) + (k[1] * q)), 1 / ((k[2] * p) + (k[3] * q)));
        }
    }

    [Fact]
    public void Sinkhorns_scaling_is_the_closed_form()
    {
        double[] k = [1, 2, 3, 4];
        MapResult found = new FixedPointIteration(new Sinkhorn(k), [1, 1]).Run(new MapOptions(1e-14));
        double column = 1 / ((k[0] * found.Point[0]) + (k[2] * found.Point[1]));
        Assert.Equal(2 / (2 + Math.Sqrt(6)), found.Point[0] * k[0] * column, 1e-12);
    }

    sealed class Ray(double factor) : IFixedPointMap
    {
        public int Dimension => 1;

        public void Map(ReadOnlySpan<double> x, Span<double> image) => image[0] = 3 + (factor * x[0]);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(-0.4)]
    [InlineData(1.2)]
    public void The_contraction_that_is_seen_is_that_of_the_map(double factor)
    {
        FixedPointIteration run = new(new Ray(factor), [0]);
        Assert.Equal(0, run.Contraction);
        for (int t = 0; t < 5; t++) run.Step();
        Assert.Equal(Math.Abs(factor), run.Contraction, 1e-12);
    }
}
