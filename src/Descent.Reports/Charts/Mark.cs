namespace Descent.Reports.Charts;

/// <summary>How points are drawn.</summary>
public enum Mark
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>Dots.</summary>
    Dots,

    /// <summary>A thin dashed line, for references.</summary>
    Dashed,

    /// <summary>A dot with a range.</summary>
    Range,

    /// <summary>A line with a dot at each point, for trajectories.</summary>
    Path,
}
