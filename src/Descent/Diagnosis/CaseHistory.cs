using Descent.Runs;

namespace Descent.Diagnosis;

/// <summary>What the doctor is told of a run. Numbers that are not known are NaN, lists that do not apply empty.</summary>
/// <remarks>Members with a value of their own can be set: serialisers made at build time would set those that are init-only to nothing
/// where a file lacks them, and 0 is a number that is known.</remarks>
public sealed record CaseHistory
{
    /// <summary>The command that made the run.</summary>
    public string CommandLine { get; set; } = "";

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>How it ended.</summary>
    public required OutcomeKind Outcome { get; init; }

    /// <summary>The trace, the start first.</summary>
    public required IReadOnlyList<TracePoint> Trace { get; init; }

    /// <summary>Whether the values of the trace are F itself; sampled losses else.</summary>
    public bool ExactValues { get; set; } = true;

    /// <summary>Relative gap that was asked for; 0 when none was.</summary>
    public double AskedGap { get; init; }

    /// <summary>Examples n.</summary>
    public int Count { get; init; }

    /// <summary>Examples a step; n for full gradients.</summary>
    public int Batch { get; init; }

    /// <summary>Whether sampling noise stays at the optimum: neither full gradients nor reduced variance.</summary>
    public bool Noisy { get; init; }

    /// <summary>Whether the reported point is an average of the iterates.</summary>
    public bool Averaged { get; init; }

    /// <summary>Largest curvature of what is sampled.</summary>
    public double Smoothness { get; set; } = double.NaN;

    /// <summary>Largest stable step size of the method.</summary>
    public double StableStep { get; set; } = double.NaN;

    /// <summary>The step size that the method would take by itself.</summary>
    public double DefaultStep { get; set; } = double.NaN;

    /// <summary>Whether the user named the method.</summary>
    public bool MethodGiven { get; set; } = true;

    /// <summary>Whether the user set the step size.</summary>
    public bool StepGiven { get; init; }

    /// <summary>The schedule asked for; null for none.</summary>
    public string? Schedule { get; init; }

    /// <summary>σ²/B at the end.</summary>
    public double NoiseVariance { get; set; } = double.NaN;

    /// <summary>Condition number of the Hessian at the end.</summary>
    public double Condition { get; set; } = double.NaN;

    /// <summary>The columns, when they were taken as they are.</summary>
    public IReadOnlyList<ColumnScale> Columns { get; set; } = [];

    /// <summary>How the classes are separated; null when they are not.</summary>
    public string? Separation { get; init; }

    /// <summary>Held-out loss along the run.</summary>
    public IReadOnlyList<HeldOutPoint> HeldOut { get; set; } = [];

    /// <summary>Standard error of the held-out mean loss at the end.</summary>
    public double HeldOutError { get; set; } = double.NaN;

    /// <summary>Held-out mean loss of the constant prediction.</summary>
    public double HeldOutNull { get; set; } = double.NaN;

    /// <summary>L2 penalty λ.</summary>
    public double Penalty { get; init; }

    /// <summary>Whether the run stops early on held-out rows.</summary>
    public bool StopsEarly { get; init; }

    /// <summary>Hidden units that give the same answer to every row.</summary>
    public int DeadUnits { get; init; }

    /// <summary>Hidden units.</summary>
    public int HiddenUnits { get; init; }

    /// <summary>The gap of the certificate at the point that the run reports, relative to |F|; NaN when the trace alone knows.</summary>
    public double ProvedGap { get; set; } = double.NaN;

    /// <summary>Certified gap at the end relative to |F|; NaN when nothing is proved.</summary>
    public double RelativeGap => !double.IsNaN(ProvedGap) ? ProvedGap : Trace.Count > 0 && double.IsFinite(Trace[^1].LowerBound)
        ? Trace[^1].Gap / Math.Max(Math.Abs(Trace[^1].Value), double.Epsilon)
        : double.NaN;

    /// <summary>The relative gap that counts as there: what was asked for, or 1e-2.</summary>
    public double Goal => AskedGap > 0 ? AskedGap : 1e-2;

    /// <summary>Whether the run is known to have missed its goal.</summary>
    public bool Missed => Outcome is OutcomeKind.AccuracyMissed || (Outcome is not OutcomeKind.Converged && RelativeGap > Goal);
}
