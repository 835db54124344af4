namespace Descent.Mixtures.Tests;

/// <summary>Scores against central differences of the log-likelihood that they are the slope of.</summary>
static class Slopes
{
    const double Step = 1e-5;

    /// <summary>Every coordinate of the score at a point off the centre.</summary>
    /// <param name="score">The score.</param>
    /// <param name="likelihood">ℓ at coordinates.</param>
    /// <param name="tolerance">Error allowed, relative to 1 + |slope|.</param>
    public static void Check(ILocalScore score, Func<double[], double> likelihood, double tolerance = 1e-5)
    {
        double[] at = new double[score.Length], gradient = new double[score.Length];
        for (int i = 0; i < at.Length; i++) at[i] = 0.05 * Math.Sin(i + 1);
        Assert.True(score.Gradient(at, gradient));
        for (int i = 0; i < at.Length; i++)
        {
            double old = at[i];
            at[i] = old + Step;
            double up = likelihood(at);
            at[i] = old - Step;
            double down = likelihood(at);
            at[i] = old;
            Assert.Equal((up - down) / (2 * Step), gradient[i], tolerance * (1 + Math.Abs(gradient[i])));
        }
    }
}
