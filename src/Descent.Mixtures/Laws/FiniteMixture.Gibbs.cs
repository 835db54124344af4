using Descent.Latent;

namespace Descent.Mixtures.Laws;

public sealed partial class FiniteMixture : IGibbsModel
{
    /// <summary>
    /// Under a prior that is flat in shares and blocks: <c>π ~ Dirichlet(1 + N_1, …, 1 + N_k)</c> and the law's own draws. False where a
    /// law has none (too few rows), or where the law draws no blocks at all.
    /// </summary>
    public bool DrawParameters(ReadOnlySpan<double> statistics, Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        if (law is not IConjugateLaw conjugate) return false;
        double sum = 0;
        for (int j = 0; j < Components; j++)
        {
            ReadOnlySpan<double> own = statistics.Slice(j * law.Statistics, law.Statistics);
            sum += theta[j] = GammaDraw.Next(draws, 1 + law.Weight(own));
            if (!conjugate.Draw(own, draws, BlockOf(theta, j))) return false;
        }
        for (int j = 0; j < Components; j++) theta[j] /= sum;
        return true;
    }
}
