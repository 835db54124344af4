namespace Descent.Mixtures.Chains;

/// <summary>Outputs that are normal in each state. θ = (means, variances),
/// statistics = (Σγ, Σγz, Σγz²) with z the output less the mean of all.</summary>
/// <remarks>A state whose variance falls under 10⁻¹⁰ of the variance of all outputs has run to a point,
/// where the likelihood has no maximum.</remarks>
public sealed class GaussianEmission : IEmission
{
    const double Floor = 1e-10;
    readonly double[] outputs;
    readonly double mean, variance;

    /// <summary>Outputs of all sequences, one after the other; at least two different finite numbers.</summary>
    public GaussianEmission(ReadOnlySpan<double> outputs)
    {
        Rows.Check(outputs, 1);
        this.outputs = outputs.ToArray();
        mean = Rows.Centre(this.outputs, 1)[0];
        foreach (double y in this.outputs) variance += y * y / Count;
    }

    /// <inheritdoc/>
    public int Count => outputs.Length;

    /// <inheritdoc/>
    public int Parameters(int states) => 2 * states;

    /// <inheritdoc/>
    public int Statistics(int states) => 3 * states;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        int states = theta.Length / 2;
        for (int k = 0; k < states; k++)
        {
            if (!double.IsFinite(theta[k]) || !double.IsFinite(theta[states + k]) || !(theta[states + k] > Floor * variance)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public void LogDensities(ReadOnlySpan<double> theta, int t, Span<double> densities)
    {
        int states = densities.Length;
        for (int k = 0; k < states; k++)
        {
            double e = outputs[t] - (theta[k] - mean), v = theta[states + k];
            densities[k] = -0.5 * (Math.Log(2 * Math.PI * v) + (e * e / v));
        }
    }

    /// <inheritdoc/>
    public void Add(int t, ReadOnlySpan<double> weights, Span<double> statistics)
    {
        int states = weights.Length;
        for (int k = 0; k < states; k++)
        {
            double w = weights[k], y = outputs[t];
            statistics[k] += w;
            statistics[states + k] += w * y;
            statistics[(2 * states) + k] += w * y * y;
        }
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        int states = theta.Length / 2;
        for (int k = 0; k < states; k++)
        {
            double centre = statistics[states + k] / statistics[k];
            theta[k] = mean + centre;
            theta[states + k] = (statistics[(2 * states) + k] / statistics[k]) - (centre * centre);
        }
        return IsValid(theta);
    }
}
