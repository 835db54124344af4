using System.Diagnostics;
using Descent.Cli.Commands;
using Descent.Data.Files;
using Descent.Fitting.Online;

namespace Descent.Cli.Output;

/// <summary>Writes the model of a stream at intervals, each time beside the old file, which it then replaces.</summary>
sealed class OnlineSaver(OnlineRun run, string? path, OnlineArguments when)
{
    // How often the clock is looked at while rows come fast.
    const int Glance = 1 << 10;

    readonly Stopwatch since = Stopwatch.StartNew();
    long saved;
    bool refused;

    /// <summary>A row was learnt from.</summary>
    public void Row()
    {
        if (run.Loss.Rows - saved >= when.SaveRows) Save();
        else if (run.Loss.Rows % Glance == 0) Tick();
    }

    /// <summary>Time may have passed.</summary>
    public void Tick()
    {
        if (since.Elapsed >= when.SaveTime && run.Loss.Rows > saved) Save();
    }

    /// <summary>Writes the last model.</summary>
    /// <returns>Where it lies; null where none was asked for or it could not be saved.</returns>
    public string? Last(Saving saving) => path is null ? null : saving.Write(path, Write);

    void Save()
    {
        saved = run.Loss.Rows;
        since.Restart();
        if (run.HasDiverged) return;
        try
        {
            Write(path!);
            refused = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The model before is there still, and learning need not end for want of a later one.
            if (!refused)
                Console.Error.WriteLine($"descent: the model of row {Text.Count(saved)} is not written ({e.Message.TrimEnd('.')}); "
                    + "learning goes on.");
            refused = true;
        }
    }

    void Write(string to) => FileWriter.Write(Destination.Files, to, run.Model().ToBytes());
}
