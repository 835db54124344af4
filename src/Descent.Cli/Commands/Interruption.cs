using System.Runtime.InteropServices;

namespace Descent.Cli.Commands;

/// <summary>Turns Ctrl-C and SIGTERM into a request to stop while it lives, so that long work ends with what it has.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly ConsoleCancelEventHandler handler;
    readonly PosixSignalRegistration term;

    public Interruption()
    {
        handler = (_, e) =>
        {
            e.Cancel = true;
            source.Cancel();
        };
        Console.CancelKeyPress += handler;
        term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c =>
        {
            c.Cancel = true;
            source.Cancel();
        });
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= handler;
        term.Dispose();
        source.Dispose();
    }
}
