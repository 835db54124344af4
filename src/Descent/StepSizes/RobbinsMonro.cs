namespace Descent.StepSizes;

/// <summary>S6: whether a schedule fulfils the Robbins–Monro conditions <c>Ση_t = ∞</c> and <c>Ση_t² &lt; ∞</c>.
/// Source: W (7), P 19.6; Robbins and Monro 1951.</summary>
/// <param name="SumDiverges">Whether Ση = ∞; null when it depends on the gradients.</param>
/// <param name="SquaresConverge">Whether Ση² &lt; ∞; null when it depends on the gradients.</param>
public sealed record RobbinsMonro(bool? SumDiverges, bool? SquaresConverge)
{
    /// <summary>Whether both hold.</summary>
    public bool? Holds => SumDiverges is null || SquaresConverge is null ? null : SumDiverges.Value && SquaresConverge.Value;

    /// <summary>What the two conditions say, in words.</summary>
    public string Sentence => (SumDiverges, SquaresConverge) switch
    {
        (true, true) => "Ση = ∞ and Ση² < ∞: steps reach everywhere and the noise dies out",
        (true, false) => "Ση = ∞ but Ση² = ∞: steps reach everywhere, the noise need not die out",
        (false, true) => "Ση < ∞: the iterate may stop short of the optimum; meant for a fixed horizon",
        (false, false) => "neither holds",
        _ => "the step size depends on the gradients",
    };

    /// <summary>Judges a schedule by how its tail decays: <c>η_t ~ c·t^(−p)</c> has Ση = ∞ for p ≤ 1 and Ση² &lt; ∞ for p &gt; ½.</summary>
    public static RobbinsMonro Check(IStepSize schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        double p = schedule.DecayPower;
        return double.IsNaN(p) ? new RobbinsMonro(null, null) : new RobbinsMonro(p <= 1, p > 0.5);
    }

    /// <summary>
    /// W 2.4: with <c>η_t ≤ 1/H</c> on an H-smooth objective, <c>Ση_tE‖∇F(w_t)‖²/Ση_t ≤ (2Δ + Hσ²Ση_t²)/Ση_t</c> over the first T steps;
    /// it tends to 0 when both conditions hold.
    /// </summary>
    public static double Bound(IStepSize schedule, long steps, double gap, double smoothness, double variance)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        double sum = 0, squares = 0;
        for (long t = 0; t < steps; t++)
        {
            double eta = schedule.Next(new StepInfo(t));
            if (eta > 1 / smoothness * (1 + 1e-12))
                throw new ArgumentException(FormattableString.Invariant(
                    $"The bound needs η_t ≤ 1/H = {1 / smoothness:G6}; the schedule has {eta:G6} at step {t}."));
            sum += eta;
            squares += eta * eta;
        }
        return ((2 * gap) + (smoothness * variance * squares)) / sum;
    }
}
