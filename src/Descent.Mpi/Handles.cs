using System.Runtime.InteropServices;

namespace Descent.Mpi;

/// <summary>The predefined handles and constants of one family of libraries: all that differs between them.</summary>
sealed record Handles
{
    public required MpiKind Kind { get; init; }

    public required nint World { get; init; }

    public required nint Byte { get; init; }

    public required nint Float { get; init; }

    public required nint Double { get; init; }

    public required nint Sum { get; init; }

    public required nint ErrorsReturn { get; init; }

    public required nint InPlace { get; init; }

    public required int AnySource { get; init; }

    public required int AnyTag { get; init; }

    /// <summary>Thread level: the thread that began makes all calls.</summary>
    public int Funnelled { get; init; } = 1;

    /// <summary>Which ints of a status hold the source and the tag.</summary>
    public required (int Source, int Tag) Status { get; init; }

    /// <summary>The handles of a library that was loaded under a name.</summary>
    public static Handles Of(nint library, string name) =>
        Path.GetFileName(name).StartsWith("libmpi_abi", StringComparison.Ordinal) ? Standard
        : NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _) ? OpenMpi(library) : Mpich;

    static Handles OpenMpi(nint library) => new()
    {
        Kind = MpiKind.OpenMpi,
        World = NativeLibrary.GetExport(library, "ompi_mpi_comm_world"),
        Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte"),
        Float = NativeLibrary.GetExport(library, "ompi_mpi_float"),
        Double = NativeLibrary.GetExport(library, "ompi_mpi_double"),
        Sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum"),
        ErrorsReturn = NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
        InPlace = 1,
        AnySource = -1,
        AnyTag = -1,
        Status = (0, 1),
    };

    static Handles Mpich { get; } = new()
    {
        Kind = MpiKind.Mpich,
        World = 0x44000000,
        Byte = 0x4c00010d,
        Float = 0x4c00040a,
        Double = 0x4c00080b,
        Sum = 0x58000003,
        ErrorsReturn = 0x54000001,
        InPlace = -1,
        AnySource = -2,
        AnyTag = -1,
        Status = (2, 3),
    };

    // MPI 5.0, chapter 20 and appendix A (the values of mpi.h of the MPI Forum's ABI).
    static Handles Standard { get; } = new()
    {
        Kind = MpiKind.Standard,
        World = 0x101,
        Byte = 0x247,
        Float = 0x210,
        Double = 0x214,
        Sum = 0x21,
        ErrorsReturn = 0x142,
        InPlace = 1,
        AnySource = -1,
        AnyTag = -2,
        Funnelled = 1024,
        Status = (0, 1),
    };
}
