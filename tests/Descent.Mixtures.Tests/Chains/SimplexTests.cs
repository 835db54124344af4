using Descent.Mixtures.Chains;
using Descent.Mixtures.Laws;

namespace Descent.Mixtures.Tests.Chains;

/// <summary>Probabilities at and near 0: what is held, what moves, and what is refused.</summary>
public class SimplexTests
{
    // The second row is a vertex, the first has an entry that is 0 and one below 10⁻⁹, which are held.
    static double[] Rows => [0.5, 0.3, 0.2 - 1e-10, 1e-10, 0, 1, 0, 0, 0, 0, 0.25, 0.25, 0.25, 0.15, 0.1];

    [Fact]
    public void Held_probabilities_stay_to_the_last_bit_and_rows_stay_laws()
    {
        double[] rows = Rows, at = new double[6], theta = new double[15];
        SimplexCoordinates c = new(rows, 5);
        Assert.Equal(6, c.Length);
        c.At(at, theta);
        for (int i = 0; i < 15; i++) Assert.Equal(rows[i], theta[i], 1e-16);
        at = [0.3, -0.4, 0.2, -0.1, 0.5, 0.7];
        c.At(at, theta);
        Assert.Equal([1e-10, 0, 1, 0, 0, 0, 0], theta[3..10]);
        Assert.True(Simplex.Holds(theta, 5));
        for (int r = 0; r < 15; r += 5) Assert.Equal(1, theta.AsSpan(r, 5).ToArray().Sum(), 1e-15);
        // p_j/p_top is that of the point times e^α, the largest of a row having α = 0.
        Assert.Equal(0.3 / 0.5 * Math.Exp(0.3), theta[1] / theta[0], 1e-14);
        Assert.Equal((0.2 - 1e-10) / 0.5 * Math.Exp(-0.4), theta[2] / theta[0], 1e-14);
        Assert.Equal(Math.Exp(0.2), theta[11] / theta[10], 1e-14);
        Assert.Equal(0.1 / 0.25 * Math.Exp(0.7), theta[14] / theta[10], 1e-14);
    }

    // Σ s_j log p_j, the counts of a held one among them: its differences.
    [Fact]
    public void The_slope_is_that_of_the_weighted_logarithms()
    {
        double[] counts = [4, 7, 1, 5, 0, 9, 0, 0, 0, 0, 2, 3, 5, 1, 6], at = [0.3, -0.4, 0.2, -0.1, 0.5, 0.7], slope = new double[6];
        SimplexCoordinates c = new(Rows, 5);
        c.Slope(counts, At(at), slope);
        for (int i = 0; i < 6; i++)
        {
            double[] up = [.. at], down = [.. at];
            (up[i], down[i]) = (up[i] + 1e-5, down[i] - 1e-5);
            Assert.Equal((Value(up) - Value(down)) / 2e-5, slope[i], 1e-8);
        }

        double[] At(double[] coordinates)
        {
            double[] theta = new double[15];
            c.At(coordinates, theta);
            return theta;
        }

        double Value(double[] coordinates) => At(coordinates).Zip(counts, (p, s) => s > 0 ? s * Math.Log(p) : 0).Sum();
    }

    [Fact]
    public void Rows_with_a_zero_are_laws_and_counts_without_any_are_none()
    {
        Assert.True(Simplex.Holds([0, 1, 0.5, 0.5], 2));
        Assert.True(Simplex.Holds([-0.0, 1], 2));
        Assert.False(Simplex.Holds([-1e-300, 1], 2));
        Assert.False(Simplex.Holds([0.5, 0.5 + 1e-8], 2));
        Assert.False(Simplex.Holds([double.NaN, 1], 2));
        double[] rows = new double[4];
        Assert.True(Simplex.Shares([0, 8, 1, 3], rows, 2));
        Assert.Equal([0, 1, 0.25, 0.75], rows);
        Assert.False(Simplex.Shares([1, 3, 0, 0], rows, 2));
    }

    // A chain whose start law is a vertex and whose first state is never left for the third: the score is the likelihood's slope there.
    [Fact]
    public void The_score_at_a_vertex_is_the_slope_of_the_likelihood()
    {
        HiddenMarkovChain chain = new(new DiscreteEmission([0, 2, 1, 1, 0, 2, 2, 0, 1, 0], 3), 3);
        double[] theta = [1, 0, 0, 0.6, 0.4, 0, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8, 0.7, 0.2, 0.1, 0.1, 0.9, 0, 0.3, 0.3, 0.4];
        ChainScore score = new(chain, theta);
        // None of the start law; 1, 2 and 2 of the transitions; 2, 1 and 2 of the outputs.
        Assert.Equal(10, score.Length);
        Slopes.Check(score, at => chain.LogDensity(score.At(at), 0), 1e-7);
    }

    // A mixture never stands at a weight of 0: no component without rows is an M-step, no such point a start.
    [Fact]
    public void A_weight_of_zero_is_no_mixture()
    {
        FiniteMixture counts = new(new PoissonLaw([0, 1, 4, 7]), 2);
        Assert.False(counts.IsValid([1, 0, 2, 3]));
        Assert.False(counts.Maximise([4, 12, 0, 0], new double[4]));
        Assert.True(counts.IsValid([1 - 1e-300, 1e-300, 2, 3]));
        GaussianMixture normal = new([1, 2, 4, 8, 9], 1, 2);
        Assert.False(normal.IsValid([1, 0, 2, 3, 1, 1]));
        double[] statistics = new double[normal.Statistics];
        statistics[0] = 5;
        Assert.False(normal.Maximise(statistics, new double[6]));
        Assert.Contains("it is empty", counts.Degeneracy([1 - 1e-8, 1e-8, 2, 3]), StringComparison.Ordinal);
        Assert.Null(counts.Degeneracy([1 - 1e-6, 1e-6, 2, 3]));
    }

    // At p = 0 or 1 a row that cannot occur has density 0 and no NaN, and the certificate holds the parameter there.
    [Fact]
    public void A_probability_at_its_edge_is_held()
    {
        double[] rows = [0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1];
        FiniteMixture model = new(new BernoulliLaw(rows, 2), 1);
        Assert.Equal(double.NegativeInfinity, model.LogDensity([1, 0, 0.5], 3));
        double[] pure = [0, 0, 0, 1, 0, 1, 0, 0];
        Descent.Mixtures.Search.LocalCertificate c = new FiniteMixture(new BernoulliLaw(pure, 2), 1).Certify([1, 0, 0.5]);
        Assert.True(c.IsLocalMaximum);
        Assert.Equal(0, c.StandardErrors[1]);
        // √(p(1 − p)/n).
        Assert.Equal(0.25, c.StandardErrors[2], 1e-6);
    }
}
