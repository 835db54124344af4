using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Normals;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Mixtures.Tests.Normals;

public class ProbitModelTests
{
    static (double[] X, double[] Y) Birth()
    {
        double[] all = GaussianMixtureTests.Read("birthwt-probit.csv");
        return ([.. all.Where((_, i) => i % 4 != 0)], [.. all.Where((_, i) => i % 4 == 0)]);
    }

    // R 4.2.2: glm(low ~ age + lwt + smoke, binomial(probit), MASS::birthwt) and from its end eight steps of Newton's method on
    // −Σ pnorm((2y − 1)Xβ, log.p = TRUE), whose Hessian gives the errors (glm's own stops 2.5e-9 before, and its errors are expected ones).
    [Fact]
    public void Low_birth_weights_are_the_glm()
    {
        (double[] x, double[] y) = Birth();
        ProbitModel model = new(x, 3, y);
        MapResult fit = new FixedPointIteration(new EmMap(model), model.Start()).Run(new MapOptions(1e-12));
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(-111.33342694524, fit.Merits[^1], 10);
        double[] glm = [0.81854972890086, -0.02440740762533, -0.00721493482285, 0.41697551734519];
        for (int i = 0; i < 4; i++) Assert.Equal(glm[i], fit.Point[i], 10);
        LocalCertificate c = model.Certify(fit.Point);
        Assert.True(c.IsLocalMaximum);
        double[] errors = [0.596465754754, 0.019766219081, 0.003534295806, 0.196863182644];
        for (int i = 0; i < 4; i++) Assert.Equal(1, c.StandardErrors[i] / errors[i], 1e-7);
    }

    // One class of one binary column: Φ(β) is the share of ones in each cell.
    [Fact]
    public void Two_cells_are_the_closed_form()
    {
        double[] x = [0, 0, 0, 0, 1, 1, 1, 1, 1], y = [1, 0, 0, 0, 1, 1, 1, 0, 1];
        ProbitModel model = new(x, 1, y, weights: [1, 1, 1, 1, 1, 1, 1, 1, 0]);
        MapResult fit = new FixedPointIteration(new EmMap(model), model.Start()).Run(new MapOptions(1e-13));
        // Φ⁻¹(¼) = −0.674489750196 (R: qnorm(.25)).
        Assert.Equal(-0.674489750196, fit.Point[0], 10);
        Assert.Equal(2 * 0.674489750196, fit.Point[1], 10);
    }

    // R 4.2.2: pnorm(x, log.p = TRUE) and exp(dnorm(x, log = TRUE) - pnorm(x, log.p = TRUE)).
    [Theory]
    [InlineData(-40, -804.608442013754, 40.0249688472063)]
    [InlineData(-10, -53.2312851505125, 10.0980932339625)]
    [InlineData(-4.000001, -10.3601057121349, 4.22560809781664)]
    [InlineData(-3.999999, -10.3600972609206, 4.22560619116231)]
    [InlineData(0, -0.693147180559945, 0.797884560802865)]
    [InlineData(5, -2.86651612963764e-07, 1.48671994090491e-06)]
    public void Tails_are_those_of_R(double x, double log, double mills)
    {
        Assert.Equal(1, NormalTail.LogCdf(x) / log, 1e-13);
        Assert.Equal(1, NormalTail.InverseMills(x) / mills, 1e-13);
    }

    [Fact]
    public void Separated_responses_are_said()
    {
        ProbitModel model = new([1, 2, 3, 4, 5, 6], 1, [0, 0, 0, 1, 1, 1]);
        MapResult fit = new FixedPointIteration(new EmMap(model), model.Start()).Run(new MapOptions(1e-9, 2000));
        Assert.Equal(OutcomeKind.BudgetSpent, fit.Outcome.Kind);
        Assert.Contains("A plane separates the responses", model.Degeneracy(fit.Point)!, StringComparison.Ordinal);
        Assert.Null(new ProbitModel([1, 2, 3, 4, 5, 6], 1, [0, 1, 0, 1, 1, 1]).Degeneracy(fit.Point));
    }

    [Fact]
    public void Bad_input_is_refused_with_a_sentence()
    {
        Refused("Response 2 is 0.5; responses are 0 and 1.", () => new ProbitModel([1, 2, 3, 4], 1, [0, 0.5, 1, 1]));
        Refused("All 4 responses are 1; there is nothing to regress.", () => new ProbitModel([1, 2, 3, 4], 1, [1, 1, 1, 1]));
        Refused("Row 3, column 1 holds NaN; every number must be finite.", () => new ProbitModel([1, 2, double.NaN, 4], 1, [1, 1, 1, 0]));
        Refused("Coefficient 3 cannot be told from those before it: columns are linearly dependent; leave one out.",
            () => new ProbitModel([1, 2, 2, 4, 3, 6, 5, 10, 8, 16], 2, [1, 0, 1, 0, 1]));
    }

    static void Refused(string sentence, Func<object> build) => Assert.Equal(sentence, Assert.Throws<ArgumentException>(build).Message);
}
