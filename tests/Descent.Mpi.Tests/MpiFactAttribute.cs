namespace Descent.Mpi.Tests;

/// <summary>A test that starts real ranks; shown as skipped where that MPI is not installed, and in the fast tier where it takes
/// long.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute(MpiKind kind = MpiKind.OpenMpi, bool slow = false) => Skip = Reason(kind, slow);

    internal static string? Reason(MpiKind kind, bool slow)
    {
        if (slow && Environment.GetEnvironmentVariable("DESCENT_SLOW") is not { Length: > 0 }) return "slow: eng/slow runs it";
        return MpiJob.Launcher(kind) is not null ? null : kind == MpiKind.OpenMpi
            ? "Open MPI is not installed (apt install openmpi-bin)." : "MPICH is not installed (apt install mpich).";
    }
}
