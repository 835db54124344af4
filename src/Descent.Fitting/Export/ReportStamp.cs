using System.Globalization;
using System.Reflection;
using Descent.Reports;

namespace Descent.Fitting.Export;

/// <summary>The last line of a report: which program and version wrote it, and when, where the caller tells the time.</summary>
static class ReportStamp
{
    /// <summary>The version of this library, without what a build appends to it.</summary>
    public static string Version { get; } =
        (typeof(ReportStamp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "")
            .Split('+')[0];

    /// <summary>The stamp at the foot of a page; libraries read no clock, so the date is the caller's, or absent.</summary>
    public static HtmlReport Stamped(this HtmlReport page, DateTimeOffset? date) =>
        page.Footer($"Descent {Version}"
            + (date is { } d ? ", " + d.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) : ""));
}
