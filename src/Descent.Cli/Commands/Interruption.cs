using System.Runtime.InteropServices;
using Descent.Cli.Output;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a request to stop while it lives, so that long work ends with what it has, and says so at once.
/// Work that has not ended when <see cref="Patience"/> is over is
/// left where it is: the last complete iterate is saved and the process ends. The second signal ends the process there and then, without a
/// file that is half written.
/// </summary>
sealed class Interruption : IDisposable
{
    /// <summary>What a step is given to end by itself; with saving it makes a second.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    static int living;
    readonly CancellationTokenSource source = new();
    readonly ManualResetEventSlim ended = new();
    readonly PosixSignalRegistration[] signals;
    int asked, ending;

    public Interruption()
    {
        Interlocked.Increment(ref living);
        signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public CancellationToken Token => source.Token;

    /// <summary>
    /// Saves what there is while the work still goes on, on another thread, and says what it did; null where nothing is to be saved.
    /// </summary>
    public Func<string>? SaveLast { get; set; }

    /// <summary>Ends the process at the first signal, while nobody has work that could be saved: reading, predicting, the tables.</summary>
    public static IDisposable AtOnce() =>
        new Both(
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, EndIdle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndIdle)]);

    /// <summary>
    /// The work is done and its results are about to be written: from here on no clock interferes. Does not come back when the clock was
    /// first.
    /// </summary>
    public void Finishing()
    {
        if (Interlocked.Exchange(ref ending, 1) == 1 && !ended.IsSet) Thread.Sleep(Timeout.Infinite);
        ended.Set();
    }

    static void EndIdle(PosixSignalContext signal)
    {
        if (Volatile.Read(ref living) > 0) return;
        signal.Cancel = true;
        if (!RankJob.Speaks) return;
        End("interrupted; nothing was saved.");
    }

    void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref asked) > 1) End("ended at once; nothing was saved.");
        Say("stopping after this step, with what there is; once more ends at once.");
        source.Cancel();
        // A rank that neither prints nor writes has nothing to hurry for: the launcher ends it when rank 0 has ended.
        if (!RankJob.Speaks) return;
        if (ended.Wait(Patience) || Interlocked.Exchange(ref ending, 1) == 1) return;
        End(SaveLast?.Invoke() ?? "the work under way has not ended within a second and is left; nothing more is written.");
    }

    static void End(string sentence)
    {
        Parts.RemoveAll();
        Say(sentence);
        Environment.Exit(ExitCode.Interrupted);
    }

    // The stream may be closed or full: that must not keep the process from ending.
    static void Say(string sentence)
    {
        try
        {
            Console.Error.WriteLine("descent: " + Shown.Line(sentence));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody is there to hear it.
        }
    }

    public void Dispose()
    {
        Finishing();
        foreach (PosixSignalRegistration s in signals) s.Dispose();
        Interlocked.Decrement(ref living);
        source.Dispose();
    }

    sealed class Both(IDisposable[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (IDisposable one in all) one.Dispose();
        }
    }
}
