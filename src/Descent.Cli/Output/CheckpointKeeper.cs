using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Descent.Data;
using Descent.Data.Files;
using Descent.Runs;

namespace Descent.Cli.Output;

/// <summary>
/// Keeps the state of a run in its folder. The first checkpoint replaces the folder as a whole, so that it never holds files of two runs;
/// those that follow replace the file alone. Either the one or the
/// other is there, whole, at every moment.
/// </summary>
sealed class CheckpointKeeper(string folder, RunRecord record, bool begun)
{
    bool refused;

    /// <summary>The last state that was kept; null before the first.</summary>
    public byte[]? Last { get; private set; }

    /// <summary>The record of this run.</summary>
    public RunRecord Record => record;

    /// <summary>The version of this program, with all that a build appends.</summary>
    public static string Version { get; } =
        typeof(CheckpointKeeper).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The record of a run of this program, started here.</summary>
    public static RunRecord RecordOf(IReadOnlyList<string> arguments, LoadedData data) =>
        new(arguments, Environment.CurrentDirectory, DataDigest.Of(data), Version, Surroundings);

    static string Surroundings =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, vectors of {Bits} bits";

    static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Takes a state of the run; one that is only remembered goes into the folder with the result.</summary>
    /// <param name="state">The state.</param>
    /// <param name="write">Whether it is written now.</param>
    public void Keep(RunState state, bool write)
    {
        byte[] bytes = Last = CheckpointFile.ToBytes(record, state);
        if (!write) return;
        try
        {
            Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The checkpoint before is there still, and the run need not end for want of a later one.
            if (!refused)
                Console.Error.WriteLine($"descent: the checkpoint of step {Text.Count(state.Step)} is not written "
                    + $"({e.Message.TrimEnd('.')}); the run goes on.");
            refused = true;
        }
    }

    void Write(byte[] bytes)
    {
        if (begun) FileWriter.Write(Destination.Files, Path.Combine(folder, CheckpointFile.Name), bytes);
        else RunFolder.Write(folder, [(CheckpointFile.Name, RunFolder.Bytes(bytes)), (RunRecord.Name, RunFolder.Bytes(record.ToBytes()))]);
        begun = true;
    }
}
