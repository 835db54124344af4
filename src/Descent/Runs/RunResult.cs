namespace Descent.Runs;

/// <summary>What a run leaves behind.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="Outcome">How it ended.</param>
/// <param name="Point">The iterate of record.</param>
/// <param name="Trace">Trace points, the start first and the end last.</param>
/// <param name="Certificate">Certificate of the iterate; null when the objective has no certifier.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Gradients">Single-example gradients asked.</param>
/// <param name="Seconds">Time of the method alone.</param>
public sealed record RunResult<T>(
    Outcome Outcome, T[] Point, IReadOnlyList<TracePoint> Trace, Certificate? Certificate, long Steps, long Gradients, double Seconds)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Time of the looks at trace points, which is outside <see cref="Seconds"/>.</summary>
    public double LookSeconds { get; init; }

    /// <summary>Time of the last certificate, outside the others.</summary>
    public double CertificateSeconds { get; init; }

    /// <summary>Of the seconds of steps and looks, those of the run that this one goes on with; 0 for a run from the start.</summary>
    public (double Steps, double Looks) Earlier { get; init; }
}
