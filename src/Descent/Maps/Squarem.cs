using Descent.Oracles;

namespace Descent.Maps;

/// <summary>
/// SQUAREM with the third step length: r = G(x) − x, v = G(G(x)) − G(x) − r, α = −‖r‖/‖v‖, then <c>x′ = x − 2αr + α²v</c> and x ← G(x′). α
/// lies in [−longest, −1]; the bound grows fourfold when it is met and shrinks fourfold when a step is taken back.
/// A step: three applications, four where it is taken back; 6d numbers. Source: Varadhan and Roland (2008), SqS3.
/// </summary>
public sealed class Squarem : MapIteration
{
    readonly double[] start, first;
    double longest = 1;

    /// <summary>Starts at a point.</summary>
    public Squarem(IFixedPointMap map, ReadOnlySpan<double> start)
        : base(map, start) => (this.start, first) = (new double[start.Length], new double[start.Length]);

    /// <inheritdoc/>
    public override int MapsOfStep => 4;

    /// <inheritdoc/>
    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Number("longest", ref longest);
    }

    private protected override void Advance()
    {
        Point.CopyTo(start);
        Image.CopyTo(first);
        if (!TakePlain()) return;
        double rr = 0, vv = 0;
        for (int i = 0; i < start.Length; i++)
        {
            double r = first[i] - start[i], v = Image[i] - first[i] - r;
            rr += r * r;
            vv += v * v;
        }
        double alpha = vv > 0 ? -Math.Clamp(Math.Sqrt(rr / vv), 1, longest) : -1;
        for (int i = 0; i < start.Length; i++)
        {
            double r = first[i] - start[i], v = Image[i] - first[i] - r;
            Candidate[i] = start[i] - (2 * alpha * r) + (alpha * alpha * v);
        }
        if (alpha == -1)
        {
            if (longest == 1) longest = 4;
            TakePlain();
            return;
        }
        bool taken = TryCandidate(2);
        if (!taken) longest = Math.Max(1, longest / 4);
        else if (-alpha == longest) longest *= 4;
        TakePlain();
    }
}
