using Descent.Data;
using Descent.Estimating;

namespace Descent.Cli.Commands;

/// <summary>
/// Hands numbers on to the estimators and, where a report is wanted, keeps their estimates after 16, 20, 23, 27, 32, … numbers, four to a
/// doubling, so that a stream of any length leaves some hundred points. Estimates are the same bits wherever a stream is cut.
/// </summary>
sealed class EstimatePath(IReadOnlyList<AskedEstimate> asked, double level, bool kept)
{
    const double First = 16, ToDoubling = 4;
    readonly List<(long Rows, StreamEstimate?[] Found)> points = [];
    long seen, next = kept ? (long)First : long.MaxValue;

    /// <summary>Numbers seen so far and, in the order of what was asked, the estimates; null where these numbers gave none.</summary>
    public IReadOnlyList<(long Rows, StreamEstimate?[] Found)> Points => points;

    public void Add(ReadOnlySpan<double> numbers)
    {
        while (numbers.Length > 0)
        {
            int take = (int)Math.Min(numbers.Length, next - seen);
            foreach (AskedEstimate a in asked) a.Add(numbers[..take]);
            seen += take;
            numbers = numbers[take..];
            if (seen == next) Keep();
        }
    }

    /// <summary>The last point is what is printed.</summary>
    public void End()
    {
        if (kept && seen > 0 && (points.Count == 0 || points[^1].Rows < seen)) Keep();
    }

    void Keep()
    {
        points.Add((seen, [.. asked.Select(Now)]));
        next = (long)Math.Ceiling(First * Math.Pow(2, points.Count / ToDoubling));
    }

    // What a few numbers refuse, such as a scale when most are equal, more of them may give.
    StreamEstimate? Now(AskedEstimate a)
    {
        try
        {
            return a.End(level);
        }
        catch (DataException)
        {
            return null;
        }
    }
}
