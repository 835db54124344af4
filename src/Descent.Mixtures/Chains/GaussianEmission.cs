namespace Descent.Mixtures.Chains;

/// <summary>
/// Outputs of d columns that are normal and independent in each state. θ = (means K × d, variances K × d), statistics = (Σγ, Σγz, Σγz²)
/// with z the output less the mean of all, the sums of columns state after state.
/// </summary>
/// <remarks>A state whose variance falls under 10⁻¹⁰ of the variance of all outputs has run to a point,
/// where the likelihood has no maximum.</remarks>
public sealed class GaussianEmission : IEmission
{
    const double Floor = 1e-10, Spike = 1e-3;
    const int FewOutputs = 10;
    readonly double[] outputs, mean, variance;
    readonly int d;

    /// <summary>Outputs of all sequences, one after the other; more than columns, finite, no column constant.</summary>
    /// <param name="outputs">T × d, row-major.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">Too few outputs, a number that is not finite, a constant column.</exception>
    public GaussianEmission(ReadOnlySpan<double> outputs, int dimension = 1)
    {
        Rows.Check(outputs, dimension);
        (d, this.outputs, variance) = (dimension, outputs.ToArray(), new double[dimension]);
        mean = Rows.Centre(this.outputs, d);
        for (int i = 0; i < outputs.Length; i++) variance[i % d] += this.outputs[i] * this.outputs[i] / Count;
    }

    GaussianEmission(double[] outputs, int dimension, double[] mean, double[] variance) =>
        (this.outputs, d, this.mean, this.variance) = (outputs, dimension, mean, variance);

    /// <inheritdoc/>
    public int Count => outputs.Length / d;

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => [d, d];

    /// <inheritdoc/>
    public int FreeParameters => 2 * d;

    /// <inheritdoc/>
    public string Collapse => "A state shrank onto outputs that have no spread of their own, where the likelihood has no upper bound, or "
        + "lost all of them. Take fewer states.";

    /// <summary>Outputs to be read under a law that is known: any number of them, equal or not.</summary>
    /// <param name="outputs">T × d, row-major, finite.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">Numbers that make no whole rows.</exception>
    public static GaussianEmission Of(ReadOnlySpan<double> outputs, int dimension)
    {
        if (dimension < 1 || outputs.Length == 0 || outputs.Length % dimension != 0)
            throw new ArgumentException($"{outputs.Length} numbers do not make rows of {dimension} columns.");
        return new GaussianEmission(outputs.ToArray(), dimension, new double[dimension], new double[dimension]);
    }

    /// <inheritdoc/>
    public int Parameters(int states) => 2 * states * d;

    /// <inheritdoc/>
    public int Statistics(int states) => states * (1 + (2 * d));

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        int half = theta.Length / 2;
        for (int i = 0; i < half; i++)
        {
            double v = theta[half + i];
            if (!double.IsFinite(theta[i]) || !double.IsFinite(v) || !(v > Floor * variance[i % d])) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public void LogDensities(ReadOnlySpan<double> theta, int t, Span<double> densities)
    {
        int half = densities.Length * d;
        for (int k = 0; k < densities.Length; k++)
        {
            double sum = 0;
            for (int c = 0; c < d; c++)
            {
                double e = outputs[(t * d) + c] - (theta[(k * d) + c] - mean[c]), v = theta[half + (k * d) + c];
                sum += Math.Log(2 * Math.PI * v) + (e * e / v);
            }
            densities[k] = -0.5 * sum;
        }
    }

    /// <inheritdoc/>
    public void Add(int t, ReadOnlySpan<double> weights, Span<double> statistics)
    {
        int states = weights.Length, first = states, second = states * (1 + d);
        for (int k = 0; k < states; k++)
        {
            double w = weights[k];
            statistics[k] += w;
            for (int c = 0; c < d; c++)
            {
                double y = outputs[(t * d) + c];
                statistics[first + (k * d) + c] += w * y;
                statistics[second + (k * d) + c] += w * y * y;
            }
        }
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        int half = theta.Length / 2, states = half / d;
        for (int i = 0; i < half; i++)
        {
            double total = statistics[i / d], centre = statistics[states + i] / total;
            theta[i] = mean[i % d] + centre;
            theta[half + i] = (statistics[states + half + i] / total) - (centre * centre);
        }
        return IsValid(theta);
    }

    /// <summary>Outputs by k-means++ for the means, half of the variances of all for the variances.</summary>
    public bool Start(Draws draws, int states, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double[] away = new double[Count];
        Array.Fill(away, double.PositiveInfinity);
        for (int k = 0, at = draws.NextIndex(Count); k < states; k++)
        {
            for (int c = 0; c < d; c++)
            {
                theta[(k * d) + c] = mean[c] + outputs[(at * d) + c];
                theta[((states + k) * d) + c] = 0.5 * variance[c];
            }
            double sum = 0;
            for (int t = 0; t < away.Length; t++) sum += away[t] = Math.Min(away[t], Away(t, at));
            double u = draws.NextDouble() * sum;
            for (at = 0; at < away.Length - 1 && (u -= away[at]) >= 0;) at++;
        }
        return true;
    }

    /// <inheritdoc/>
    public double Unit(int parameter, int states)
    {
        double v = variance[parameter % d];
        return parameter < states * d ? Math.Sqrt(v) : v;
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta, int state, int states, double outputs)
    {
        for (int c = 0; c < d && outputs < FewOutputs * (d + 1); c++)
        {
            double ratio = theta[((states + state) * d) + c] / variance[c];
            if (ratio < Spike)
                return FormattableString.Invariant($"A state of {outputs:0.#} outputs has a variance of {ratio:g3} of that of all: it is ")
                    + "a spike, where the likelihood has no upper bound. Take fewer states.";
        }
        return null;
    }

    /// <summary>Means in standard deviations of their states, and logarithms of these.</summary>
    public IEmissionCoordinates Coordinates(ReadOnlySpan<double> theta, int states) => new Local(this, theta.ToArray(), states);

    double Away(int a, int b)
    {
        double sum = 0;
        for (int c = 0; c < d; c++) sum += Math.Pow(outputs[(a * d) + c] - outputs[(b * d) + c], 2) / variance[c];
        return sum;
    }

    sealed class Local(GaussianEmission law, double[] origin, int states) : IEmissionCoordinates
    {
        readonly int half = states * law.d;

        public int Length => 2 * half;

        public void At(ReadOnlySpan<double> coordinates, Span<double> theta)
        {
            for (int i = 0; i < half; i++)
            {
                theta[i] = origin[i] + (Math.Sqrt(origin[half + i]) * coordinates[i]);
                theta[half + i] = origin[half + i] * Math.Exp(2 * coordinates[half + i]);
            }
        }

        public void Slope(ReadOnlySpan<double> statistics, ReadOnlySpan<double> theta, Span<double> slope)
        {
            for (int i = 0; i < half; i++)
            {
                double n = statistics[i / law.d], first = statistics[states + i], second = statistics[states + half + i];
                double m = theta[i] - law.mean[i % law.d], v = theta[half + i];
                slope[i] = Math.Sqrt(origin[half + i]) * (first - (n * m)) / v;
                slope[half + i] = ((second - (2 * m * first) + (n * m * m)) / v) - n;
            }
        }
    }
}
