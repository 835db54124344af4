using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures.Tests.Latent;

/// <summary>
/// EM is linear at the rate of the missing information (Dempster, Laird and Rubin 1977, theorem 4): its Jacobian at the maximum is
/// <c>I_com⁻¹ I_mis</c>. Both are closed forms for two Poisson laws: with p = π₁, the score of a complete row is
/// <c>((z − p)/(p(1 − p)), z(x − λ₁)/λ₁, (1 − z)(x − λ₂)/λ₂)</c>, so that I_com = diag(n/(p(1 − p)), np/λ₁, n(1 − p)/λ₂) and
/// I_mis = Σ r(1 − r)vvᵀ, v = (1/(p(1 − p)), (x − λ₁)/λ₁, −(x − λ₂)/λ₂). Louis (1982): I_obs = I_com − I_mis.
/// </summary>
public class MissingInformationTests
{
    // Counts of stations lie apart; the other sample overlaps, and EM creeps.
    public static TheoryData<string, double, double> Samples => new() { { "stations", 0.5, 0.7 }, { "overlap", 0.9, 0.999 } };

    [Theory]
    [MemberData(nameof(Samples))]
    public void EM_is_linear_at_the_share_of_missing_information(string sample, double least, double most)
    {
        double[] x = Rows(sample);
        FiniteMixture model = new(new PoissonLaw(x), 2);
        double[] end = End(model);
        (Matrix<double> complete, Matrix<double> missing) = Information(x, end);
        double rate = (complete.Inverse() * missing).Evd().EigenValues.Max(v => v.Real);
        Assert.InRange(rate, least, most);
        // The path is started off the maximum along no particular direction; the slowest one is what is left.
        double[] start = [.. end];
        (start[0], start[1], start[2]) = (end[0] + 0.01, end[1] - 0.01, end[2] * 1.01);
        FixedPointIteration run = new(new EmMap(model), start);
        double before = double.NaN, observed = double.NaN;
        for (int step = 0; step < 2000; step++)
        {
            run.Step();
            double left = Math.Abs(run.Point[2] - end[2]);
            if (left < 1e-7) break;
            (observed, before) = (left / before, left);
        }
        Assert.Equal(rate, observed, 2e-4);
    }

    // The Jacobian of the map itself, column by column, by central differences: not only its largest eigenvalue.
    [Theory]
    [InlineData("stations")]
    [InlineData("overlap")]
    public void The_Jacobian_of_the_map_is_the_missing_information_over_the_complete(string sample)
    {
        double[] x = Rows(sample);
        FiniteMixture model = new(new PoissonLaw(x), 2);
        double[] end = End(model);
        (Matrix<double> complete, Matrix<double> missing) = Information(x, end);
        Matrix<double> expected = complete.Inverse() * missing;
        EmMap map = new(model);
        for (int c = 0; c < 3; c++)
        {
            double[] up = Moved(1e-5), down = Moved(-1e-5);
            for (int r = 0; r < 3; r++) Assert.Equal(expected[r, c], (up[r] - down[r]) / 2e-5, 1e-5 * (1 + Math.Abs(expected[r, c])));

            double[] Moved(double by)
            {
                double[] theta = [.. end], image = new double[4];
                if (c == 0) (theta[0], theta[1]) = (theta[0] + by, theta[1] - by);
                else theta[1 + c] += by;
                map.Map(theta, image);
                return [image[0], image[2], image[3]];
            }
        }
    }

    // R 4.2.2 gives the same for stations: optimHess in FiniteMixtureTests. Here Louis' formula, without any difference.
    [Theory]
    [InlineData("stations")]
    [InlineData("overlap")]
    public void Standard_errors_are_those_of_Louis(string sample)
    {
        double[] x = Rows(sample);
        FiniteMixture model = new(new PoissonLaw(x), 2);
        double[] end = End(model);
        (Matrix<double> complete, Matrix<double> missing) = Information(x, end);
        Vector<double> variances = (complete - missing).Inverse().Diagonal();
        LocalCertificate c = model.Certify(end);
        Assert.True(c.IsLocalMaximum);
        int[] at = [0, 2, 3];
        for (int i = 0; i < 3; i++) Assert.Equal(Math.Sqrt(variances[i]), c.StandardErrors[at[i]], 1e-5 * Math.Sqrt(variances[i]));
    }

    // Meng and Rubin (1991): the complete data and EM's own rate, against Louis' closed form.
    [Theory]
    [InlineData("stations")]
    [InlineData("overlap")]
    public void Supplemented_EM_has_the_errors_of_Louis(string sample)
    {
        double[] x = Rows(sample);
        FiniteMixture model = new(new PoissonLaw(x), 2);
        double[] end = End(model);
        (Matrix<double> complete, Matrix<double> missing) = Information(x, end);
        Vector<double> variances = (complete - missing).Inverse().Diagonal();
        LocalCertificate c = model.Supplement(end)!;
        Assert.True(c.IsLocalMaximum);
        int[] at = [0, 2, 3];
        for (int i = 0; i < 3; i++) Assert.Equal(Math.Sqrt(variances[i]), c.StandardErrors[at[i]], 1e-4 * Math.Sqrt(variances[i]));
    }

    static double[] End(FiniteMixture model)
    {
        MixtureFit fit = MixtureSearch.Run(model, new MixtureOptions(5, MixtureMethod.Squarem, 1e-13, 100_000));
        return fit.Theta!;
    }

    static (Matrix<double> Complete, Matrix<double> Missing) Information(double[] x, double[] theta)
    {
        (double p, double a, double b) = (theta[0], theta[2], theta[3]);
        int n = x.Length;
        Matrix<double> complete = Matrix<double>.Build.DenseOfDiagonalArray([n / (p * (1 - p)), n * p / a, n * (1 - p) / b]);
        Matrix<double> missing = Matrix<double>.Build.Dense(3, 3);
        foreach (double count in x)
        {
            double odds = (1 - p) / p * Math.Exp(a - b + (count * Math.Log(b / a))), r = 1 / (1 + odds);
            Vector<double> v = Vector<double>.Build.DenseOfArray([1 / (p * (1 - p)), (count - a) / a, -(count - b) / b]);
            missing += r * (1 - r) * v.OuterProduct(v);
        }
        return (complete, missing);
    }

    // Overlap: counts 0 … 14 as often as 500 rows of 0.4 Poisson(2) + 0.6 Poisson(5) expect, rounded.
    static double[] Rows(string sample)
    {
        if (sample == "stations") return GaussianMixtureTests.Read("quakes-stations.csv");
        double Law(double rate, int count)
        {
            double p = Math.Exp(-rate);
            for (int i = 1; i <= count; i++) p *= rate / i;
            return p;
        }
        return [.. Enumerable.Range(0, 15).SelectMany(c => Enumerable.Repeat((double)c,
            (int)Math.Round(500 * ((0.4 * Law(2, c)) + (0.6 * Law(5, c))))))];
    }
}
