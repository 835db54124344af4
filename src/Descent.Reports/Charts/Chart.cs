namespace Descent.Reports.Charts;

/// <summary>What a chart shows; <see cref="SvgRenderer"/> draws it.</summary>
public sealed record Chart
{
    /// <summary>Title above the chart.</summary>
    public required string Title { get; init; }

    /// <summary>Label under the horizontal axis.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Label beside the vertical axis.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool LogY { get; init; }

    /// <summary>The series.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Names of the rows, top to bottom, when the vertical axis is a list (row i lies at height −i).</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Values to be shown as contour lines behind the series, on a regular grid; null for none.</summary>
    public Contours? Contours { get; init; }

    /// <summary>Whether one unit is equally long on both axes.</summary>
    public bool Equal { get; init; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; init; } = 460;

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; } = 300;
}
