using System.Globalization;

namespace Descent.Mpi;

/// <summary>Who started this process as one of several, read from the environment; nothing is loaded for it.</summary>
/// <param name="Name">The launcher, for people.</param>
/// <param name="Size">How many processes it says it started.</param>
/// <param name="Kind">The family of libraries it belongs to; null when it serves several.</param>
public sealed record Launcher(string Name, int Size, MpiKind? Kind)
{
    /// <summary>The launcher of this process; null when it was started alone.</summary>
    /// <param name="variable">Gives environment variables; null for those of this process.</param>
    public static Launcher? Find(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        if (Number("OMPI_COMM_WORLD_SIZE") is { } open) return new("mpirun of Open MPI", open, MpiKind.OpenMpi);
        if (Number("PMI_SIZE") is { } pmi)
            return variable("SLURM_PROCID") is null ? new("mpirun of MPICH", pmi, MpiKind.Mpich) : new("srun", pmi, null);
        if (variable("SLURM_PROCID") is not null && (Number("SLURM_STEP_NUM_TASKS") ?? Number("SLURM_NTASKS")) is { } tasks)
            return new("srun", tasks, null);
        return null;

        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : null;
    }
}
