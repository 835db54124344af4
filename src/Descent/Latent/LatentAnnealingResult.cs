namespace Descent.Latent;

/// <summary>What annealing with latent variables came to.</summary>
/// <param name="Theta">θ after the last sweep.</param>
/// <param name="LogLikelihood">Its observed log-likelihood.</param>
/// <param name="Mean">Mean of θ over the sweeps with the last number of copies.</param>
/// <param name="Deviations">
/// Standard deviations of θ over them: about the standard errors over √J where the likelihood is nearly normal.
/// </param>
/// <param name="Copies">The last number of copies, J.</param>
/// <param name="Kept">Sweeps with it.</param>
/// <param name="Skipped">Sweeps after which no θ could be drawn, so that it stayed.</param>
public sealed record LatentAnnealingResult(
    double[] Theta, double LogLikelihood, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviations, int Copies, long Kept,
        long Skipped);
