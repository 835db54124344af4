namespace Descent.Mpi.Tests;

/// <summary>A theory whose cases start real ranks; shown as skipped where <see cref="MpiFactAttribute"/> is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute(MpiKind kind = MpiKind.OpenMpi, bool slow = false) => Skip = MpiFactAttribute.Reason(kind, slow);
}
