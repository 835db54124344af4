using Descent.Mixtures.Search;

namespace Descent.Mixtures.Normals;

// What a search asks of the model: one law, to which every row belongs.
public sealed partial class MissingNormalModel : IMixture
{
    /// <summary>1.</summary>
    public int Components => 1;

    /// <inheritdoc/>
    public string Collapse => "The covariance is not positive definite: columns depend on one another where both are seen. Leave one of "
        + "them out.";

    /// <summary>The moments of what is seen (<see cref="Start()"/>), the means moved by half a standard deviation: with holes the
    /// likelihood may have several maxima.</summary>
    public bool Start(Draws draws, Span<double> theta)
    {
        Start().CopyTo(theta);
        for (int c = 0; c < d; c++) theta[c] += 0.5 * scales[c] * draws.NextNormal();
        return true;
    }

    /// <summary>Means and covariances in the columns' standard deviations: the largest difference.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] x = Scaled(a), y = Scaled(b);
        double most = 0;
        for (int i = 0; i < x.Length; i++)
            if (!(Math.Abs(x[i] - y[i]) <= most)) most = Math.Abs(x[i] - y[i]);
        return most;
    }

    /// <summary>One law is in order.</summary>
    public void Order(Span<double> theta)
    {
    }

    /// <summary>Every row is the law's; the entropy is 0.</summary>
    public double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares)
    {
        shares.Fill(1);
        return 0;
    }

    LocalCertificate? IMixture.Supplement(ReadOnlySpan<double> theta) => Supplement(theta);
}
