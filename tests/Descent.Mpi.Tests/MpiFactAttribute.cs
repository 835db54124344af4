namespace Descent.Mpi.Tests;

/// <summary>A test that starts real ranks; shown as skipped where that MPI is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute(MpiKind kind = MpiKind.OpenMpi) => Skip = Reason(kind);

    internal static string? Reason(MpiKind kind) => MpiJob.Launcher(kind) is not null ? null
        : kind == MpiKind.OpenMpi ? "Open MPI is not installed (apt install openmpi-bin)." : "MPICH is not installed (apt install mpich).";
}
