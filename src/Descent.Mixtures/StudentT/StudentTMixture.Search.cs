using Descent.Mixtures.Search;

namespace Descent.Mixtures.StudentT;

// What a search over starts asks of the mixture.
public sealed partial class StudentTMixture : IMixture
{
    /// <inheritdoc/>
    public string Collapse => "A component shrank onto rows that have no spread of their own, where the likelihood has no upper bound. "
        + "Take fewer components or a more restricted covariance.";

    // Degrees of freedom of a start, whose covariance is ν/(ν − 2) times its scatter.
    const double StartAt = 5;

    /// <inheritdoc/>
    public int FreeParameters => normal.FreeParameters + Components;

    /// <inheritdoc/>
    public double TotalWeight => normal.TotalWeight;

    /// <summary>A start of the normal mixture with the same covariances and five degrees of freedom.</summary>
    public bool Start(Draws draws, Span<double> theta)
    {
        if (!normal.Start(draws, theta[..normal.Parameters])) return false;
        foreach (ref double c in theta[(Components * (1 + Dimension))..normal.Parameters]) c *= (StartAt - 2) / StartAt;
        theta[normal.Parameters..].Fill(StartAt);
        return true;
    }

    /// <summary>
    /// As for a normal mixture, and |1/ν − 1/ν′|: a law with heavy tails moves far, one that is as good as normal hardly.
    /// </summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double most = normal.Distance(a, b);
        for (int i = normal.Parameters; i < Parameters; i++)
        {
            double gap = Math.Abs((1 / a[i]) - (1 / b[i]));
            if (!(gap <= most)) most = gap;
        }
        return most;
    }

    /// <inheritdoc/>
    public void Order(Span<double> theta)
    {
        double[] old = theta.ToArray();
        int[] order = [.. Enumerable.Range(0, Components).OrderByDescending(j => old[j])];
        normal.Order(theta[..normal.Parameters]);
        for (int j = 0; j < Components; j++) theta[normal.Parameters + j] = old[normal.Parameters + order[j]];
    }

    /// <inheritdoc/>
    public double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares)
    {
        if (shares.Length != Count * Components)
            throw new ArgumentException($"The responsibilities need length {Count * Components} (rows × components); got {shares.Length}.");
        double[] factors = new double[Components * FactorOfComponent], distances = new double[Components];
        if (!IsValid(theta) || !Factors(theta, factors))
        {
            shares.Fill(double.NaN);
            return double.NaN;
        }
        double entropy = 0;
        for (int i = 0; i < Count; i++)
        {
            Span<double> r = shares.Slice(i * Components, Components);
            Share(theta, factors, i, r, distances);
            foreach (double p in r)
                if (p > 0) entropy -= weights[i] * p * Math.Log(p);
        }
        return entropy;
    }

    /// <summary>As for a normal mixture with the scatter for covariance, and degrees of freedom that ran to 0.01.</summary>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        if (normal.Degeneracy(theta[..normal.Parameters]) is { } spike) return spike;
        for (int j = normal.Parameters; j < Parameters; j++)
        {
            if (theta[j] <= DegreesOfFreedom.Least)
                return "The degrees of freedom of a component ran to 0.01, where the likelihood has no maximum. Take fewer components.";
        }
        return null;
    }

    /// <summary>
    /// One pass for the gradient, two for each of the p free parameters where p ≤ 500: O(p·n·k·d²). Degrees of freedom at the upper end of
    /// their range are held, and have no error.
    /// </summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta)
    {
        double[] at = theta.ToArray();
        LocalCertificate c = Curvature.Certify(new StudentTScore(this, at), Quantities);
        int first = c.Quantities.Count - Components;
        return c with { StandardErrors = [.. c.StandardErrors.Select((e, i) => i >= first && IsNormal(at, i - first) ? double.NaN : e)] };
    }

    /// <summary>Whether the degrees of freedom of a component stand at the upper end of their range.</summary>
    public bool IsNormal(ReadOnlySpan<double> theta, int component) => theta[normal.Parameters + component] >= DegreesOfFreedom.Most;

    /// <summary>The smallest eigenvalue of a scatter relative to the covariance of all rows, with the component.</summary>
    public (double Ratio, int Component) SmallestEigenvalue(ReadOnlySpan<double> theta) =>
        normal.SmallestEigenvalue(theta[..normal.Parameters]);

    /// <summary>Mean of a component less that of all rows.</summary>
    internal double FromCentre(double[] theta, int j, int column) => theta[Components + (j * Dimension) + column] - centre[column];

    // Shares, means, scales, products of scatter of pairs, degrees of freedom.
    double[] Quantities(double[] theta) => [.. normal.QuantitiesOf(theta[..normal.Parameters]), .. theta[normal.Parameters..]];
}
