using Descent.Models.Separation;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// Certificates that hold when the infimum is not attained: where the usual bound stays far below F, separation is looked for, and what
/// it leaves of the likelihood has a tight bound of its own.
/// </summary>
/// <param name="inner">The usual bounds.</param>
/// <param name="analyse">Analyses separation from a point; null when that is out of reach.</param>
sealed class SeparationCertifier(ICertifier<double> inner, Func<double[], SeparationAnalysis?>? analyse) : ICertifier<double>
{
    const double Loose = 1e-6;

    double[] lookedAt = [];

    /// <summary>What was found; null while there was no reason to look.</summary>
    public SeparationAnalysis? Analysis { get; private set; }

    public bool ThoroughIsCheap => inner.ThoroughIsCheap;

    public bool ProvesAtLooks => inner.ProvesAtLooks;

    public double Foresee(ReadOnlySpan<double> gradient) => inner.Foresee(gradient);

    public Certificate Certify(ReadOnlySpan<double> point, ReadOnlySpan<double> dual, bool thorough)
    {
        Certificate usual = inner.Certify(point, dual, thorough);
        if (!double.IsFinite(usual.Value)) return usual;
        if (thorough && !usual.IsAttained && !(usual.RelativeGap <= Loose)) Look(point);
        // Beside an infimum that is not attained the curvature vanishes, and with it what the usual bounds are made of: the bound of the
        // limit replaces them.
        return Analysis is { } found && double.IsFinite(found.LowerBound)
            && (found.Verdict == Verdict.Separated || found.LowerBound > usual.LowerBound)
            ? new Certificate(usual.Value, usual.GradientNorm, found.LowerBound, CertificateKind.Duality, Sentence(found))
            : usual;
    }

    /// <summary>Looks for separation, once.</summary>
    public SeparationAnalysis? Look(ReadOnlySpan<double> point)
    {
        if (Analysis is null && analyse is not null)
        {
            lookedAt = point.ToArray();
            Analysis = analyse(lookedAt);
            analyse = null;
        }
        return Analysis;
    }

    // What was found follows from the point at which it was looked for.
    public void Visit(IStateVisitor visitor)
    {
        inner.Visit(new PrefixedVisitor(visitor, "inner."));
        double[] point = visitor.Array("lookedAt", lookedAt);
        if (point.Length > 0 && lookedAt.Length == 0) Look(point);
    }

    static string Sentence(SeparationAnalysis found) => found.IsComplete
        ? "no loss is negative, and along the direction that separates the rows all fall to 0"
        : found.Verdict == Verdict.Separated ? "Fenchel dual of what separation leaves of the likelihood"
            : "Fenchel dual at a Newton-corrected point";
}
