using System.Security.Cryptography;
using Descent.Data;
using Descent.Fitting;
using Descent.Fitting.Export;
using Descent.Runs;

namespace Descent.Fuzz;

/// <summary>
/// Checkpoints, and the runs that go on from them. The digest of every other input is made right, so that mutation reaches what it guards.
/// </summary>
static class CheckpointRuns
{
    const int Digest = 32;
    static readonly Lazy<LoadedData> data = new(() => DataLoader.Load(SpecOf("svrg")));

    public static void Run(byte[] input, string file)
    {
        if (input.Length >= Digest && input[0] == 'd' && input.Length % 2 == 0)
            SHA256.HashData(input.AsSpan(0, input.Length - Digest), input.AsSpan(input.Length - Digest));
        (RunRecord record, RunState state) = CheckpointFile.Parse(input, "input");
        try
        {
            Fit(record.Arguments.Contains("adam") ? "adam" : record.Arguments.Contains("sgd") ? "sgd" : "svrg", new() { From = state });
        }
        catch (FormatException e)
        {
            // As the command line says it.
            throw new DataException($"its checkpoint is not one of this run. {e.Message}", e);
        }
    }

    public static void Fit(string method, Checkpoints checkpoints)
    {
        Fitter fitter = Fitter.Of(SpecOf(method), data.Value);
        fitter.Checkpoints = checkpoints;
        fitter.Run(default, null);
    }

    static FitSpec SpecOf(string method) => new(new DataSpec([Uses.RowsFile]) { Target = "x", Features = ["a", "b", "m"] },
        new ModelSpec { Family = ModelFamilies.Of("linear"), L2 = 0.1 })
    {
        Method = method,
        Budget = new Budget { Epochs = 40 },
        Threads = 1,
    };
}
