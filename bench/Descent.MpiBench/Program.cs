using System.Text;
using Descent.MpiBench;
using Descent.Mpi;

// Started by mpirun: `check` tries every call of the binding, `fits` makes fits and says what they give, `allreduce`, `push`
// and `server` time. The words go out as plain bytes: Open MPI
// gives each rank a terminal, which the console would greet with control characters.
Environment.SetEnvironmentVariable("TERM", "dumb");
using Stream output = Console.OpenStandardOutput();
void Say(string line) => output.Write(Encoding.UTF8.GetBytes(line + "\n"));

return MpiWorld.Run(world => args switch
{
    ["check"] => Checks.Run(world, Say),
    ["fits", var sparse, var table, var names] => Told(world, Fits.Lines(world, sparse, table, names)),
    ["allreduce"] => AllReduce.Run(world, Say),
    ["push"] => Pushes.Run(world, Say),
    ["server"] => ServerPushes.Run(world, Say),
    _ => throw new ArgumentException("expected check, fits SPARSE TABLE NAMES, allreduce, push or server."),
});

// Every call of the binding first: one job proves both.
int Told(MpiWorld world, IEnumerable<string> lines)
{
    Checks.Run(world, Say);
    foreach (string line in lines)
        if (world.Rank == 0) Say(line);
    return 0;
}
