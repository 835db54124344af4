using System.Runtime.InteropServices;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a request to stop while it lives, so that long work ends with what it has, and says so at once. The second ends the process there and then, without a file
/// that is half written.
/// </summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration[] signals;
    int asked;

    public Interruption() => signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

    public CancellationToken Token => source.Token;

    void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref asked) > 1)
        {
            Parts.RemoveAll();
            Say("descent: ended at once; nothing was saved.");
            Environment.Exit(ExitCode.Interrupted);
        }
        Say("descent: stopping after this step, with what there is; once more ends at once.");
        source.Cancel();
    }

    // The stream may be closed or full: that must not keep the process from ending.
    static void Say(string sentence)
    {
        try
        {
            Console.Error.WriteLine(sentence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody is there to hear it.
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration s in signals) s.Dispose();
        source.Dispose();
    }
}
