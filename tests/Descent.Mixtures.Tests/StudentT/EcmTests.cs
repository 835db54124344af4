using Descent.Latent;
using Descent.Mixtures.StudentT;

namespace Descent.Mixtures.Tests.StudentT;

public class EcmTests
{
    static readonly StudentTModel Model = new(Samples.Galaxies, 1);

    [Fact]
    public void Monotonicity_is_claimed_only_when_steps_on_Q_come_first()
    {
        IReadOnlyList<ConditionalStep> steps = Model.EcmeSteps();
        Assert.True(new Ecm(Model, steps).IsMonotone);
        Assert.False(new Ecm(Model, steps[1], steps[0]).IsMonotone);
        Assert.True(new Ecm(Model, Model.EcmSteps()).IsMonotone);
    }

    [Fact]
    public void A_step_that_does_not_maximise_ends_the_run_with_a_sentence()
    {
        ConditionalStep wrong = new("degrees of freedom", StepObjective.Expected, (_, theta) =>
        {
            theta[^1] *= 3;
            return true;
        });
        EcmFit fit = new Ecm(Model, Model.EcmSteps()[0], wrong).Run(Model.Start());
        Assert.Equal(EcmEnding.Lowered, fit.Ending);
        Assert.Contains("lowered the log-likelihood", fit.Sentence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_log_likelihood_never_falls_from_random_starts(int kind)
    {
        Random random = new(7 + kind);
        Ecm ecm = new(Model, kind < 2 ? Model.EcmSteps(kind == 1) : Model.EcmeSteps(kind == 3));
        for (int run = 0; run < 25; run++)
        {
            double[] theta = [10 + (20 * random.NextDouble()), Math.Exp(4 * random.NextDouble()), Math.Exp((6 * random.NextDouble()) - 2)];
            double last = Model.Expect(theta, 0, Model.Count, new double[Model.Statistics]);
            for (int cycle = 0; cycle < 20; cycle++)
            {
                EcmFit fit = ecm.Run(theta, 1e-300, 1);
                Assert.NotEqual(EcmEnding.Lowered, fit.Ending);
                Assert.True(fit.LogLikelihood >= last - 1e-9, $"{fit.LogLikelihood} after {last}");
                last = fit.LogLikelihood;
                theta = fit.Theta;
            }
        }
    }

    [Fact]
    public void The_limit_is_said()
    {
        EcmFit fit = new Ecm(Model, Model.EcmSteps()).Run(Model.Start(), limit: 3);
        Assert.Equal(EcmEnding.Limit, fit.Ending);
        Assert.Equal((3, 4), (fit.Cycles, fit.Expectations));
        Assert.Throws<ArgumentException>(() => new Ecm(Model, Model.EcmSteps()).Run([1, -1, 1]));
    }
}
