using Descent.Fitting.Fits;
using Descent.Runs;

namespace Descent.Fitting;

/// <summary>
/// The optima of one model under λ after λ, each with its certificate, and the fit of the λ that held-out rows choose. Made by
/// <see cref="Of"/> and the doors of <see cref="Fitting.Fit"/> called Path.
/// </summary>
/// <remarks>
/// Rows are read, picked and scaled once; each λ starts from the optimum of the one before, with the columns screened by the dual point of
/// that. The same data, options and seed give the same bits. Memory: that of a fit, and the parameters of every λ.
/// </remarks>
public sealed class PenaltyPath
{
    readonly PathFit walked;

    internal PenaltyPath(Fit fit) => (Fit, walked) = (fit, fit.Walked!);

    /// <summary>The optima, the largest λ first; fewer than asked for where the path was interrupted.</summary>
    public IReadOnlyList<PathPoint> Points => walked.Points;

    /// <summary>The place of the λ that was chosen.</summary>
    public int Chosen => walked.Chosen;

    /// <summary>The place of the least held-out loss; null where no rows were held out.</summary>
    public int? Least => walked.Least < 0 ? null : walked.Least;

    /// <summary>The place of the largest λ within one standard error of the least loss; null where no rows were held out.</summary>
    public int? WithinOneStandardError => walked.WithinOneError < 0 ? null : walked.WithinOneError;

    /// <summary>What became of the path, in a kind and a sentence.</summary>
    public Outcome Outcome => walked.Ended;

    /// <summary>The fit of the chosen λ: coefficients, certificate, measures, model, report.</summary>
    public Fit Fit { get; }

    /// <summary>Walks the path of a specification, whose <see cref="FitSpec.Path"/> is set.</summary>
    /// <param name="spec">Data, family, path, options.</param>
    /// <param name="cancel">Ends the walk; the λ solved so far are a usable path.</param>
    /// <exception cref="FitException">The specification cannot be done; all faults at once.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static PenaltyPath Of(FitSpec spec, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new PenaltyPath(Fit.Of(spec.Path is null ? spec with { Path = new PathSpec() } : spec, null, cancel));
    }

    /// <summary>The table of the path, and the fit of the chosen λ as the command prints it.</summary>
    public override string ToString() => Fit.ToString();
}
