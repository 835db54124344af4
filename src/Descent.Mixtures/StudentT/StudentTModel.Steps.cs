using Descent.Latent;

namespace Descent.Mixtures.StudentT;

public sealed partial class StudentTModel
{
    /// <summary>ECM: location and scatter on Q, then ν on Q. Both blocks of Q separate, so that it is EM as well.</summary>
    /// <param name="expanded">
    /// Parameter expansion (PX-EM, Liu, Rubin and Wu 1998): the scatter is divided by Σwu in place of Σw, the maximiser once the scale of u
    /// is free too. Where Σwu = Σw, as at a stationary point, both divisors agree. The expected objective is then Q of the expanded model,
    /// not of the original one; it too never lowers the observed likelihood.
    /// </param>
    public IReadOnlyList<ConditionalStep> EcmSteps(bool expanded = false) =>
        [Scatter(expanded), new("degrees of freedom", StepObjective.Expected, MoveDegrees)];

    /// <summary>ECME: location and scatter on Q, then ν on the observed likelihood, one more pass over the data.</summary>
    /// <param name="expanded">As for <see cref="EcmSteps"/>.</param>
    public IReadOnlyList<ConditionalStep> EcmeSteps(bool expanded = false) =>
        [Scatter(expanded), new("degrees of freedom", StepObjective.Observed, MoveObservedDegrees)];

    ConditionalStep Scatter(bool expanded) =>
        new(expanded ? "expanded location and scatter" : "location and scatter", StepObjective.Expected, expanded ? MoveExpandedScatter
        : MoveScatter);

    bool MoveScatter(ReadOnlySpan<double> statistics, Span<double> theta) => LocationAndScatter(statistics, theta, statistics[0]);

    bool MoveExpandedScatter(ReadOnlySpan<double> statistics, Span<double> theta) => LocationAndScatter(statistics, theta, statistics[1]);

    bool LocationAndScatter(ReadOnlySpan<double> statistics, Span<double> theta, double divisor)
    {
        int d = dimension;
        double total = statistics[1];
        ReadOnlySpan<double> sums = statistics.Slice(2, d), products = statistics.Slice(2 + d, d * d);
        for (int j = 0; j < d; j++)
        {
            theta[j] = origin[j] + (sums[j] / total);
            for (int k = 0; k < d; k++) theta[d + (j * d) + k] = (products[(j * d) + k] - (sums[j] * sums[k] / total)) / divisor;
        }
        return new ScatterFactor(d).Factor(theta.Slice(d, d * d));
    }

    bool MoveDegrees(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        theta[^1] = fixedDegrees ?? DegreesOfFreedom.OfExpected((statistics[^1] - statistics[1]) / statistics[0], theta[^1]);
        return true;
    }

    bool MoveObservedDegrees(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        ScatterFactor factor = new(dimension);
        if (!factor.Factor(theta.Slice(dimension, dimension * dimension))) return false;
        double[] centre = Centre(theta);
        for (int i = 0; i < Count; i++) distances[i] = factor.Distance(rows.AsSpan(i * dimension, dimension), centre);
        theta[^1] = fixedDegrees ?? DegreesOfFreedom.OfObserved(distances, weights, dimension, theta[^1]);
        return true;
    }
}
