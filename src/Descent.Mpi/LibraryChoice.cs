using System.Runtime.InteropServices;

namespace Descent.Mpi;

/// <summary>Finds the MPI library of this machine and loads it once for the process.</summary>
static class LibraryChoice
{
    const int Lazy = 1, Global = 0x100;

    static readonly string[] open = ["libmpi.so.40"], mpich = ["libmpich.so.12", "libmpi.so.12"],
        standard = ["libmpi_abi.so.1", "libmpi_abi.so.0", "libmpi_abi.so"];

    static readonly Lock gate = new();
    static nint loaded;
    static Handles? handles;

    /// <summary>How MPI is installed, in a sentence.</summary>
    public const string Hint = "Install Open MPI (apt install openmpi-bin) or MPICH (apt install mpich), or name the library in "
        + "DESCENT_MPI.";

    /// <summary>The handles of the library, loaded now if it was not.</summary>
    /// <param name="asked">openmpi, mpich, abi, or the path of a library; null for what the launcher belongs to, or the first
    /// found.</param>
    /// <param name="launcher">Who started this process.</param>
    /// <exception cref="MpiException">No such library is here.</exception>
    public static Handles Load(string? asked, Launcher? launcher)
    {
        lock (gate)
        {
            if (handles is not null) return handles;
            string[] names = Names(asked, launcher?.Kind);
            foreach (string name in names)
            {
                if ((loaded = Load(name)) == 0) continue;
                handles = Handles.Of(loaded, name);
                NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (wanted, _, _) => wanted == Native.Library ? loaded : 0);
                return handles;
            }
            string why = asked is not null ? $"no MPI library {string.Join(" or ", names)} could be loaded"
                : launcher is null ? $"no MPI library was found (looked for {string.Join(", ", names)})"
                : $"this process was started by {launcher.Name}, but no MPI library was found (looked for {string.Join(", ", names)})";
            throw new MpiException($"{why}. {Hint}");
        }
    }

    /// <summary>Names to try, in order.</summary>
    public static string[] Names(string? asked, MpiKind? kind) => asked switch
    {
        null or "" => kind switch
        {
            MpiKind.OpenMpi => [.. open, .. standard],
            MpiKind.Mpich => [.. mpich, .. standard],
            _ => [.. open, .. mpich, .. standard],
        },
        "openmpi" => open,
        "mpich" => mpich,
        "abi" => standard,
        _ => [asked],
    };

    // Its plug-ins look for the library's names among those of the whole process.
    static nint Load(string name)
    {
        if (OperatingSystem.IsLinux()) return Native.Open(name, Lazy | Global);
        return NativeLibrary.TryLoad(name, out nint library) ? library : 0;
    }
}
