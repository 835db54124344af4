using Descent.Latent;
using Descent.Mixtures.Search;

namespace Descent.Mixtures.Laws;

// Unconstrained coordinates w: log(π_j/π_k), j < k, then the law's coordinates of each component.
public sealed partial class FiniteMixture : IScoredModel, ICoordinates
{
    /// <summary>Length of w, as many as free parameters.</summary>
    public int Coordinates => FreeParameters;

    /// <summary>Writes w at θ.</summary>
    public void ToCoordinates(ReadOnlySpan<double> theta, Span<double> w)
    {
        for (int j = 0; j < Components - 1; j++) w[j] = Math.Log(theta[j] / theta[Components - 1]);
        for (int j = 0; j < Components; j++)
            law.ToCoordinates(BlockOf(theta, j), w.Slice(Components - 1 + (j * law.Parameters), law.Parameters));
    }

    /// <summary>Writes θ at w.</summary>
    public void FromCoordinates(ReadOnlySpan<double> w, Span<double> theta)
    {
        double top = 0, sum = 0;
        for (int j = 0; j < Components - 1; j++) top = Math.Max(top, w[j]);
        for (int j = 0; j < Components; j++) sum += theta[j] = Math.Exp((j < Components - 1 ? w[j] : 0) - top);
        for (int j = 0; j < Components; j++) theta[j] /= sum;
        for (int j = 0; j < Components; j++)
            law.FromCoordinates(w.Slice(Components - 1 + (j * law.Parameters), law.Parameters), BlockOf(theta, j));
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, Span<double> score) => Scores(w, rows, null, score);

    /// <inheritdoc/>
    public double DrawScore(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, ulong key, Span<double> score) => Scores(w, rows, key, score);

    double Scores(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, ulong? key, Span<double> score)
    {
        double[] theta = new double[Parameters], factors = new double[Room], shares = new double[Components];
        FromCoordinates(w, theta);
        if (!IsValid(theta)) return double.NaN;
        Prepare(theta, factors);
        double log = 0;
        for (int at = 0; at < rows.Length; at++)
        {
            double weight = WeightOf(rows[at]);
            log += weight * Share(factors, rows[at], shares);
            if (key is { } k)
            {
                int pick = Pick(shares, k, at);
                shares.AsSpan().Clear();
                shares[pick] = 1;
            }
            AddScore(theta, factors, rows[at], weight, shares, score);
        }
        return log;
    }

    // z by its indicators: ∂/∂α_j = z_j − π_j, and the law's score where z_j = 1.
    void AddScore(double[] theta, double[] factors, int row, double weight, double[] shares, Span<double> score)
    {
        for (int j = 0; j < Components; j++)
        {
            if (j < Components - 1) score[j] += weight * (shares[j] - theta[j]);
            if (shares[j] == 0) continue;
            ReadOnlySpan<double> own = factors.AsSpan((j * (1 + law.Factors)) + 1, law.Factors);
            law.AddScore(own, row, weight * shares[j], score.Slice(Components - 1 + (j * law.Parameters), law.Parameters));
        }
    }
}
