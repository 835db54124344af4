namespace Descent.Mpi;

/// <summary>Families of MPI libraries that write their handles alike.</summary>
public enum MpiKind
{
    /// <summary>Open MPI 4 and 5: handles are addresses of exported objects.</summary>
    OpenMpi,

    /// <summary>MPICH 3 and 4, and the libraries with its binary interface: Intel MPI, Cray MPICH, MVAPICH.</summary>
    Mpich,

    /// <summary>The standard binary interface of MPI 5.</summary>
    Standard,
}
