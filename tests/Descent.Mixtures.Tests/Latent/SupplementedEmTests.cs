using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Chains;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Normals;
using Descent.Mixtures.Search;

namespace Descent.Mixtures.Tests.Latent;

/// <summary>
/// Supplemented EM and the differences of the score are two ways to the observed information, and agree where both are exact: the one knows
/// the M-step and the complete data, the other the observed score (which R's optimHess confirms elsewhere).
/// </summary>
public class SupplementedEmTests
{
    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Tied)]
    [InlineData(CovarianceShape.Diagonal)]
    [InlineData(CovarianceShape.Spherical)]
    public void Normal_components_of_any_shape(CovarianceShape shape)
    {
        GaussianMixture model = new(GaussianMixtureTests.Read("faithful.csv"), 2, 2, shape);
        MixtureFit fit = MixtureSearch.Run(model, new MixtureOptions(3, MixtureMethod.Squarem, 1e-12) { Supplemented = true });
        Agree(fit.Certificate!, model.Certify(fit.Theta));
    }

    [Fact]
    public void A_chain()
    {
        double[] waiting = [.. GaussianMixtureTests.Read("faithful.csv").Where((_, i) => i % 2 == 1)];
        HiddenMarkovChain model = new(new GaussianEmission(waiting), 2);
        MixtureFit fit = MixtureSearch.Run(model, new MixtureOptions(3, MixtureMethod.Squarem, 1e-12));
        Agree(model.Supplement(fit.Theta)!, model.Certify(fit.Theta));
    }

    [Fact]
    public void Regressions()
    {
        Random random = new(3);
        double[] x = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())];
        double[] y = [.. x.Select((v, i) => (i % 3 == 0 ? 2 + v : -1 - (2 * v)) + random.NextDouble())];
        FiniteMixture model = new(new LinearRegressionLaw(x, 1, y), 2);
        MixtureFit fit = MixtureSearch.Run(model, new MixtureOptions(5, MixtureMethod.Squarem, 1e-12));
        Agree(model.Supplement(fit.Theta)!, model.Certify(fit.Theta));
    }

    [Fact]
    public void A_normal_law_with_holes_and_probit()
    {
        Random random = new(5);
        double[] x = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() + random.NextDouble() + random.NextDouble())];
        MissingNormalModel holes = new([.. x.Select((v, i) => i % 7 == 3 ? double.NaN : v + (0.6 * x[i / 2 * 2]))], 2);
        double[] end = End(holes, holes.Start());
        Agree(holes.Supplement(end), holes.Certify(end));
        ProbitModel probit = new(x, 2, [.. Enumerable.Range(0, 200).Select(i => x[2 * i] + random.NextDouble() > 2 ? 1.0 : 0)]);
        double[] top = End(probit, probit.Start());
        Agree(probit.Supplement(top), probit.Certify(top));
    }

    [Fact]
    public void A_family_without_says_so_by_having_none()
    {
        IMixture factors = new FactorModel(GaussianMixtureTests.Read("faithful.csv"), 4, 1);
        Assert.Null(factors.Supplement(new double[factors.Parameters]));
    }

    static double[] End(ILatentModel model, double[] start) =>
        [.. new Squarem(new EmMap(model), start).Run(new MapOptions(1e-12, 100_000)).Point];

    static void Agree(LocalCertificate supplemented, LocalCertificate observed)
    {
        Assert.True(supplemented.IsLocalMaximum);
        Assert.Equal(observed.StandardErrors.Count, supplemented.StandardErrors.Count);
        for (int i = 0; i < observed.StandardErrors.Count; i++)
            Assert.Equal(observed.StandardErrors[i], supplemented.StandardErrors[i], 1e-4 * (1e-9 + observed.StandardErrors[i]));
    }
}
