using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Descent.Mpi;

/// <summary>
/// The ranks of an MPI job as a group. <see cref="Run{T}"/> makes one thread that starts MPI, runs the program and ends MPI: every call is
/// made by that thread, so that the lowest thread level suffices and no call waits for another thread.
/// </summary>
/// <remarks>
/// Library: Open MPI 4 and 5, MPICH and its binary relatives, or the standard binary interface of MPI 5, chosen at run time.
/// Source: MPI 4.1. Calls from another thread are refused. Sums are MPI_Allreduce, whose order is the engine's.
/// </remarks>
public sealed class MpiWorld : IRankGroup
{
    readonly Handles handles;
    readonly Thread owner = Thread.CurrentThread;
    readonly int[] status = new int[16];
    readonly int[] counts;
    readonly nint comm;
    long enteredAt;

    MpiWorld(Handles handles, nint comm)
    {
        (this.handles, this.comm) = (handles, comm);
        Check(Native.MPI_Comm_rank(comm, out int rank), "MPI_Comm_rank");
        Check(Native.MPI_Comm_size(comm, out int size), "MPI_Comm_size");
        (Rank, Size, counts) = (rank, size, new int[size]);
        Engine = Version();
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string Engine { get; }

    /// <summary>The family of the library.</summary>
    public MpiKind Kind => handles.Kind;

    /// <summary>Name of the machine this rank runs on.</summary>
    public string Host => Text((Span<byte> t, out int n) => Native.MPI_Get_processor_name(t, out n));

    /// <summary>How long the call under way has waited for the other ranks; zero between calls. May be asked by any thread.</summary>
    public TimeSpan Waiting => Volatile.Read(ref enteredAt) is var since && since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since);

    /// <summary>Starts MPI on a thread of its own, runs a program there, and ends MPI.</summary>
    /// <param name="program">What this rank does; what it throws ends the whole job by MPI_Abort, unless it is in every rank's nature:
    /// programs turn what all ranks meet alike into a result.</param>
    /// <param name="library">openmpi, mpich, abi, or the path of a library; null for the launcher's, or the first found.</param>
    /// <exception cref="MpiException">No library, or the launcher says N &gt; 1 processes where MPI says 1.</exception>
    public static T Run<T>(Func<MpiWorld, T> program, string? library = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = Live(program, library);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }, 64 << 20)
        { Name = "descent-mpi" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <inheritdoc/>
    public void AllGather(Span<byte> all, ReadOnlySpan<int> starts)
    {
        if (starts.Length != Size + 1 || starts[Size] != all.Length)
            throw new ArgumentException($"AllGather needs {Size + 1} places that end at {all.Length}; got {starts.Length}.");
        if (all.IsEmpty) return;
        for (int r = 0; r < Size; r++) counts[r] = starts[r + 1] - starts[r];
        Enter();
        int code = Native.MPI_Allgatherv(handles.InPlace, 0, handles.Byte, all, counts, starts, handles.Byte, comm);
        Leave(code, "MPI_Allgatherv");
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> data, int root)
    {
        Enter();
        Leave(Native.MPI_Bcast(data, data.Length, handles.Byte, root, comm), "MPI_Bcast");
    }

    /// <inheritdoc/>
    public void Sum(Span<double> values)
    {
        Enter();
        Leave(Native.MPI_Allreduce(handles.InPlace, values, values.Length, handles.Double, handles.Sum, comm), "MPI_Allreduce");
    }

    /// <summary>The same for single precision.</summary>
    public void Sum(Span<float> values)
    {
        Enter();
        Leave(Native.MPI_AllreduceSingle(handles.InPlace, values, values.Length, handles.Float, handles.Sum, comm), "MPI_Allreduce");
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        Enter();
        Leave(Native.MPI_Barrier(comm), "MPI_Barrier");
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> data, int target, int tag)
    {
        Enter();
        Leave(Native.MPI_Send(data, data.Length, handles.Byte, target, tag, comm), "MPI_Send");
    }

    /// <inheritdoc/>
    public (int Source, int Tag, int Length) Probe(int? source = null, int? tag = null)
    {
        Enter();
        Leave(Native.MPI_Probe(source ?? handles.AnySource, tag ?? handles.AnyTag, comm, status), "MPI_Probe");
        return Seen();
    }

    /// <summary>Like <see cref="Probe"/> without waiting; null when no such message is there.</summary>
    public (int Source, int Tag, int Length)? Look(int? source = null, int? tag = null)
    {
        Enter();
        Leave(Native.MPI_Iprobe(source ?? handles.AnySource, tag ?? handles.AnyTag, comm, out int there, status), "MPI_Iprobe");
        return there == 0 ? null : Seen();
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> data, int source, int tag)
    {
        Enter();
        Leave(Native.MPI_Recv(data, data.Length, handles.Byte, source, tag, comm, status), "MPI_Recv");
        return Seen().Length;
    }

    /// <summary>Ends all ranks at once with an exit code; nothing is saved.</summary>
    public void Abort(int code) => _ = Native.MPI_Abort(comm, code);

    static T Live<T>(Func<MpiWorld, T> program, string? library)
    {
        Launcher? launcher = Launcher.Find();
        Handles handles = LibraryChoice.Load(library ?? Environment.GetEnvironmentVariable("DESCENT_MPI"), launcher);
        if (Native.MPI_Init_thread(0, 0, handles.Funnelled, out int level) is not 0 and var code)
            throw new MpiException($"MPI_Init_thread failed with code {code}. {LibraryChoice.Hint}");
        if (level < handles.Funnelled)
            throw new MpiException("This MPI serves programs of one thread alone; Descent needs MPI_THREAD_FUNNELED.");
        _ = Native.MPI_Comm_set_errhandler(handles.World, handles.ErrorsReturn);
        MpiWorld world = new(handles, handles.World);
        bool ended = false;
        try
        {
            if (launcher is { Size: > 1 } && world.Size == 1)
                throw new MpiException($"{launcher.Name} started {launcher.Size} processes, but {world.Engine} sees one: they would all do "
                    + "the same work and write the same files. Use the launcher of this library, or name the library of this launcher: "
                    + "--mpi openmpi or --mpi mpich; with srun, --mpi=pmix or --mpi=pmi2.");
            T result = program(world);
            ended = true;
            return result;
        }
        finally
        {
            // A rank that cannot go on must not leave the others waiting for it.
            if (ended || world.Size == 1) _ = Native.MPI_Finalize();
            else world.Abort(70);
        }
    }

    void Enter()
    {
        if (Thread.CurrentThread != owner)
            throw new InvalidOperationException("Calls of MPI are made by the thread that started it, the one that runs the program.");
        Volatile.Write(ref enteredAt, Stopwatch.GetTimestamp());
    }

    void Leave(int code, string call)
    {
        Volatile.Write(ref enteredAt, 0);
        Check(code, call);
    }

    void Check(int code, string call)
    {
        if (code == 0) return;
        throw new MpiException($"{call} failed: {Text((Span<byte> t, out int n) => Native.MPI_Error_string(code, t, out n))}");
    }

    (int Source, int Tag, int Length) Seen()
    {
        Check(Native.MPI_Get_count(status, handles.Byte, out int length), "MPI_Get_count");
        return (status[handles.Status.Source], status[handles.Status.Tag], length);
    }

    delegate int Writer(Span<byte> text, out int length);

    static string Text(Writer write)
    {
        byte[] buffer = new byte[8192];
        _ = write(buffer, out int length);
        return Encoding.UTF8.GetString(buffer, 0, Math.Clamp(length, 0, buffer.Length)).Trim('\0', ' ', '\n');
    }

    // "Open MPI v4.1.4, package: …" and "MPICH Version: 4.0.2 …" in one form.
    static string Version() => Short(Text((Span<byte> t, out int n) => Native.MPI_Get_library_version(t, out n)));

    /// <summary>Name and version of a library, out of its own words.</summary>
    internal static string Short(string text)
    {
        string first = text.Split('\n')[0].Split(',')[0].Replace("Version:", "", StringComparison.Ordinal).Replace('\t', ' ');
        string[] words = first.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(w => w.Length > 1 && w[0] == 'v' && char.IsAsciiDigit(w[1]) ? w[1..] : w));
    }
}
