using System.Text;
using Descent.MpiBench;
using Descent.Mpi;

// Started by mpirun: `check` tries every call of the binding, `allreduce` and `push` time them. The words go out as plain bytes: Open MPI
// gives each rank a terminal, which the console would greet with control characters.
Environment.SetEnvironmentVariable("TERM", "dumb");
using Stream output = Console.OpenStandardOutput();
void Say(string line) => output.Write(Encoding.UTF8.GetBytes(line + "\n"));

return MpiWorld.Run(world => args switch
{
    ["check"] => Checks.Run(world, Say),
    ["allreduce"] => AllReduce.Run(world, Say),
    ["push"] => Pushes.Run(world, Say),
    _ => throw new ArgumentException("expected check, allreduce or push."),
});
