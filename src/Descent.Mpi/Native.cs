using System.Runtime.InteropServices;

namespace Descent.Mpi;

/// <summary>
/// The calls of MPI, by their names in C. Handles are native words: an address in Open MPI, a number in a C int in MPICH, which fits into
/// the lower half of the register.
/// </summary>
static partial class Native
{
    /// <summary>The name that the resolver turns into the library chosen at run time.</summary>
    public const string Library = "descent-mpi";

    [LibraryImport(Library)]
    public static partial int MPI_Init_thread(nint argc, nint argv, int required, out int provided);

    [LibraryImport(Library)]
    public static partial int MPI_Finalize();

    [LibraryImport(Library)]
    public static partial int MPI_Abort(nint comm, int code);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_rank(nint comm, out int rank);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_size(nint comm, out int size);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_set_errhandler(nint comm, nint handler);

    [LibraryImport(Library)]
    public static partial int MPI_Get_library_version(Span<byte> text, out int length);

    [LibraryImport(Library)]
    public static partial int MPI_Get_processor_name(Span<byte> text, out int length);

    [LibraryImport(Library)]
    public static partial int MPI_Error_string(int code, Span<byte> text, out int length);

    [LibraryImport(Library)]
    public static partial int MPI_Barrier(nint comm);

    [LibraryImport(Library)]
    public static partial int MPI_Bcast(Span<byte> data, int count, nint type, int root, nint comm);

    [LibraryImport(Library)]
    public static partial int MPI_Allreduce(nint inPlace, Span<double> data, int count, nint type, nint operation, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Allreduce")]
    public static partial int MPI_AllreduceSingle(nint inPlace, Span<float> data, int count, nint type, nint operation, nint comm);

    [LibraryImport(Library)]
    public static partial int MPI_Allgatherv(nint inPlace, int sent, nint sentType, Span<byte> all, ReadOnlySpan<int> counts,
        ReadOnlySpan<int> starts, nint type, nint comm);

    [LibraryImport(Library)]
    public static partial int MPI_Send(ReadOnlySpan<byte> data, int count, nint type, int target, int tag, nint comm);

    [LibraryImport(Library)]
    public static partial int MPI_Recv(Span<byte> data, int count, nint type, int source, int tag, nint comm, Span<int> status);

    [LibraryImport(Library)]
    public static partial int MPI_Probe(int source, int tag, nint comm, Span<int> status);

    [LibraryImport(Library)]
    public static partial int MPI_Iprobe(int source, int tag, nint comm, out int flag, Span<int> status);

    [LibraryImport(Library)]
    public static partial int MPI_Get_count(ReadOnlySpan<int> status, nint type, out int count);

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Open(string name, int how);
}
