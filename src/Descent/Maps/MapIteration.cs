using Descent.Oracles;
using Descent.Runs;

namespace Descent.Maps;

/// <summary>
/// An iteration towards a fixed point: it holds x, G(x) and, for an <see cref="IMeritMap"/>, M(x).
/// A proposed step that leaves the domain or lowers the merit by more than rounding is taken back, and the plain application x ← G(x) is
/// taken. A plain application that lowers the merit ends the run with a sentence.
/// A step allocates nothing; the same start gives the same bits.
/// </summary>
public abstract class MapIteration
{
    const double Told = 1e-6;
    readonly IFixedPointMap map;
    readonly IMeritMap? meritMap;
    readonly double[] point, image, candidate, candidateImage;
    double merit = double.NaN;
    double residual, contraction;
    long maps, fallbacks;

    private protected MapIteration(IFixedPointMap map, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (start.Length != map.Dimension)
            throw new ArgumentException($"The start needs length {map.Dimension} (the map's dimension); got {start.Length}.");
        this.map = map;
        meritMap = map as IMeritMap;
        point = start.ToArray();
        (image, candidate, candidateImage) = (new double[point.Length], new double[point.Length], new double[point.Length]);
        merit = Apply(point, image);
        residual = Distance(point, image);
        if (!double.IsFinite(residual) || !(meritMap is null || double.IsFinite(merit)))
            Failure = "The map has no finite value at the start.";
    }

    /// <summary>x.</summary>
    public ReadOnlySpan<double> Point => point;

    /// <summary>G(x).</summary>
    public ReadOnlySpan<double> Image => image;

    /// <summary>‖x − G(x)‖₂.</summary>
    public double Residual => residual;

    /// <summary>
    /// The largest <c>‖G(x) − G(y)‖/‖x − y‖</c> of successive points so far, 0 before the first step: a lower bound of the map's Lipschitz
    /// factor, and an estimate of the factor α of a contraction near its fixed point. Where it is above 1, the map is no contraction.
    /// Movements below 10⁻⁶ of the point are left out, for rounding would tell of them: what is told is right to about 10⁻⁹.
    /// </summary>
    public double Contraction => contraction;

    /// <summary>M(x); NaN for a map without merit.</summary>
    public double Merit => merit;

    /// <summary>Applications of G so far.</summary>
    public long Maps => maps;

    /// <summary>Steps that were taken back.</summary>
    public long Fallbacks => fallbacks;

    /// <summary>Why no further step can be taken; null while one can.</summary>
    public string? Failure { get; private set; }

    /// <summary>Most applications of G that one step makes.</summary>
    public abstract int MapsOfStep { get; }

    private protected Span<double> Candidate => candidate;

    /// <summary>Takes one step. Does nothing after a failure.</summary>
    public void Step()
    {
        if (Failure is null) Advance();
    }

    /// <summary>Runs to the tolerance or the limit. Allocates the result alone.</summary>
    public MapResult Run(MapOptions? options = null)
    {
        MapOptions limits = options ?? new MapOptions();
        if (!(limits.Tolerance >= 0))
            throw new ArgumentException(FormattableString.Invariant($"The tolerance must be ≥ 0; got {limits.Tolerance}."));
        if (limits.MostMaps < 1) throw new ArgumentException($"The limit of applications must be at least 1; got {limits.MostMaps}.");
        List<double> merits = [];
        if (meritMap is not null) merits.Add(merit);
        while (Failure is null && !(residual <= limits.Tolerance) && maps + MapsOfStep <= limits.MostMaps)
        {
            Step();
            if (meritMap is not null && Failure is null) merits.Add(merit);
        }
        return new MapResult([.. point], Ending(limits), maps, residual, fallbacks, merits);
    }

    /// <summary>Visits all that the next step depends on, under fixed names.</summary>
    public virtual void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Buffer<double>("point", point);
        visitor.Buffer<double>("image", image);
        visitor.Number("merit", ref merit);
        visitor.Number("residual", ref residual);
        visitor.Number("contraction", ref contraction);
        visitor.Number("maps", ref maps);
        visitor.Number("fallbacks", ref fallbacks);
    }

    private protected abstract void Advance();

    // Whether the candidate was taken; growth is how far the residual of a map without merit may rise.
    private protected bool TryCandidate(double growth)
    {
        double m = Apply(candidate, candidateImage), r = Distance(candidate, candidateImage);
        bool good = double.IsFinite(r) && (meritMap is null ? r <= growth * residual : m >= merit - meritMap.Rounding(merit));
        if (good) Take(m, r);
        else fallbacks++;
        return good;
    }

    private protected bool TakePlain()
    {
        image.CopyTo(candidate, 0);
        double m = Apply(candidate, candidateImage), r = Distance(candidate, candidateImage);
        if (!double.IsFinite(r) || (meritMap is not null && double.IsNaN(m)))
        {
            Failure = "The map has no finite value at the image of the last point.";
            return false;
        }
        if (meritMap is not null && m < merit - meritMap.Rounding(merit))
        {
            Failure = FormattableString.Invariant(
                $"The map lowered its merit from {merit:R} to {m:R}, more than rounding can: the map is not what it says.");
            return false;
        }
        Take(m, r);
        return true;
    }

    private protected static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    double Apply(ReadOnlySpan<double> x, Span<double> result)
    {
        maps++;
        if (meritMap is not null) return meritMap.MapWithMerit(x, result);
        map.Map(x, result);
        return double.NaN;
    }

    void Take(double newMerit, double newResidual)
    {
        double moved = Distance(point, candidate);
        if (moved > Told * Vectors.Norm<double>(point)) contraction = Math.Max(contraction, Distance(image, candidateImage) / moved);
        candidate.CopyTo(point, 0);
        candidateImage.CopyTo(image, 0);
        (merit, residual) = (newMerit, newResidual);
    }

    Outcome Ending(MapOptions limits)
    {
        if (Failure is { } why) return new Outcome(OutcomeKind.Diverged, why);
        return residual <= limits.Tolerance
            ? new Outcome(OutcomeKind.Converged,
                FormattableString.Invariant($"‖x − G(x)‖ = {residual:g3} ≤ {limits.Tolerance:g3} after {maps} applications."))
            : new Outcome(OutcomeKind.BudgetSpent,
                FormattableString.Invariant($"‖x − G(x)‖ = {residual:g3} > {limits.Tolerance:g3} after {maps} applications."));
    }
}
