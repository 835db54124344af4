namespace Descent.Mpi.Tests;

/// <summary>A theory whose cases start real ranks; shown as skipped where that MPI is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute(MpiKind kind = MpiKind.OpenMpi) => Skip = MpiFactAttribute.Reason(kind);
}
