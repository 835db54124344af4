using Descent.Latent;
using Descent.Mixtures.StudentT;

namespace Descent.Mixtures.Tests.StudentT;

public class StudentTTests
{
    static readonly StudentTModel Galaxies = new(Samples.Galaxies, 1);

    // Median, variance (divisor n − 1), ν = 5.
    static readonly double[] MedianStart = [20.8335, 20.8276229967, 5];

    // The maximum: shared/latent-and-parallel.md, and to six digits R 4.2.2's optim (Nelder–Mead, then BFGS) over dt. Cycles that rose by
    // at least 1e-10: the four iterations written out in R 4.2.2 (digamma, uniroot with tol = 1e-14), which end in the cycle after these;
    // the same counts stand in that file.
    [Theory]
    [InlineData(false, false, 63)]
    [InlineData(false, true, 54)]
    [InlineData(true, false, 38)]
    [InlineData(true, true, 24)]
    public void Galaxies_end_at_the_maximum_after_the_cycles_of_a_second_implementation(bool ecme, bool expanded, int cycles)
    {
        EcmFit fit = new Ecm(Galaxies, ecme ? Galaxies.EcmeSteps(expanded) : Galaxies.EcmSteps(expanded)).Run(MedianStart);
        Assert.Equal(EcmEnding.Settled, fit.Ending);
        Assert.Equal(cycles, fit.Cycles);
        Assert.Equal(-226.459840514, fit.LogLikelihood, 8);
        Assert.Equal(21.1377973, fit.Theta[0], 4);
        Assert.Equal(2.1356632, Math.Sqrt(fit.Theta[1]), 4);
        Assert.Equal(1.8598564, fit.Theta[2], 4);
    }

    // shared/latent-and-parallel.md; R 4.2.2's optim (Nelder–Mead, then BFGS) over dt with ν fixed gives the same to six digits.
    [Theory]
    [InlineData(1, 20.9835217, 1.7601866, 229.982274473)]
    [InlineData(3, 21.1746146, 2.4965394, 227.967593678)]
    [InlineData(4, 21.1661572, 2.7571784, 229.823148362)]
    public void Fixed_degrees_of_freedom_give_the_estimates_of_direct_maximisation(double nu, double location, double scale, double loss)
    {
        StudentTModel model = new(Samples.Galaxies, 1, nu);
        EcmFit fit = new Ecm(model, model.EcmSteps()).Run(model.Start(), 1e-13);
        Assert.Equal(-loss, fit.LogLikelihood, 8);
        Assert.Equal(location, fit.Theta[0], 5);
        Assert.Equal(scale, Math.Sqrt(fit.Theta[1]), 5);
        Assert.Equal(nu, fit.Theta[2]);
    }

    // MASS 7.3-58.2: cov.trob(stackloss, nu = 5, tol = 1e-14, maxit = 5000).
    [Fact]
    public void Four_columns_agree_with_cov_trob()
    {
        StudentTModel model = new(Samples.StackLoss, 4, 5);
        EcmFit fit = new Ecm(model, model.EcmSteps(expanded: true)).Run(model.Start(), 1e-13);
        double[] centre = [58.9518272572, 20.7882334729, 86.0528506175, 16.0697433037];
        for (int j = 0; j < 4; j++) Assert.Equal(centre[j], fit.Theta[j], 4);
        Assert.Equal(60.18299849030, fit.Theta[4], 3);
        Assert.Equal(16.94802416434, fit.Theta[5], 3);
        Assert.Equal(20.40256585694, fit.Theta[11], 3);
        Assert.Equal(72.38242425131, fit.Theta[19], 3);
    }

    [Fact]
    public void The_log_likelihood_is_the_sum_of_the_densities_of_rows()
    {
        StudentTModel model = new(Samples.StackLoss, 4);
        double[] theta = model.Start(3);
        double sum = 0;
        for (int i = 0; i < model.Count; i++) sum += model.LogDensity(theta, i);
        Assert.Equal(sum, model.Expect(theta, 0, model.Count, new double[model.Statistics]), 9);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_given_twice()
    {
        double[] weights = new double[82];
        Array.Fill(weights, 1);
        weights[7] = 2;
        StudentTModel weighted = new(Samples.Galaxies, 1, weights: weights), doubled = new([.. Samples.Galaxies, Samples.Galaxies[7]], 1);
        EcmFit one = new Ecm(weighted, weighted.EcmeSteps()).Run(MedianStart), two = new Ecm(doubled, doubled.EcmeSteps()).Run(MedianStart);
        Assert.Equal(two.LogLikelihood, one.LogLikelihood, 9);
        Assert.Equal(two.Theta[2], one.Theta[2], 6);
    }

    [Fact]
    public void Tails_lighter_than_normal_end_as_normal_with_a_sentence()
    {
        double[] uniform = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        StudentTModel model = new(uniform, 1);
        EcmFit fit = new Ecm(model, model.EcmeSteps()).Run(model.Start());
        Assert.Equal(EcmEnding.Settled, fit.Ending);
        Assert.StartsWith("normal", model.Describe(fit.Theta));
        Assert.Equal(208.25, fit.Theta[1], 1); // (50² − 1)/12
        Assert.Null(Galaxies.Describe(MedianStart));
    }

    [Fact]
    public void Degrees_of_freedom_below_one_are_reached()
    {
        // Quantiles of a law whose tail falls as 1/x^0.5.
        double[] heavy = [.. Enumerable.Range(1, 200).Select(i => Math.Sign(i - 100.5) * Math.Pow(1 - (Math.Abs(i - 100.5) / 100), -2))];
        StudentTModel model = new(heavy, 1);
        EcmFit fit = new Ecm(model, model.EcmeSteps()).Run([0, 1, 1]);
        Assert.Equal(EcmEnding.Settled, fit.Ending);
        Assert.InRange(fit.Theta[2], 0.3, 0.9);
    }

    [Fact]
    public void Bad_rows_are_refused_with_a_sentence()
    {
        Assert.Contains("Row 2, column 1", Assert.Throws<ArgumentException>(() => new StudentTModel([1, double.NaN, 3], 1)).Message);
        Assert.Contains("Column 1 holds one value", Assert.Throws<ArgumentException>(() => new StudentTModel([2, 2, 2], 1)).Message);
        Assert.Contains("1 rows cannot", Assert.Throws<ArgumentException>(() => new StudentTModel([2], 1)).Message);
        Assert.Contains("Weight 2", Assert.Throws<ArgumentException>(() => new StudentTModel([1, 2, 3], 1, weights: [1, -1, 1])).Message);
        Assert.Contains("Degrees of freedom", Assert.Throws<ArgumentException>(() => new StudentTModel([1, 2, 3], 1, 0)).Message);
    }
}
