using System.Collections.Concurrent;

namespace Descent.Data.Text;

/// <summary>
/// Reads an input on a thread of its own, so that whoever waits for it can be called off: an input that is cut ends as if there were no
/// more. What has come is handed on at once, however little it is.
/// </summary>
/// <remarks>Memory: four blocks of 64 KiB. A thread that a silent pipe holds stays until the process ends.</remarks>
sealed class LivePump : ForwardStream
{
    const int Block = 1 << 16, Ahead = 4;
    static readonly TimeSpan glance = TimeSpan.FromMilliseconds(200);
    readonly BlockingCollection<byte[]> blocks = new(Ahead);
    readonly TaskCompletionSource<DataSource> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource closed = new();
    readonly CancellationToken cancel;
    readonly Action waiting;
    readonly Task work;
    byte[] block = [];
    int given;

    /// <param name="open">Opens the input.</param>
    /// <param name="cancel">Calls off the waiting.</param>
    /// <param name="waiting">Called when nothing has come, before waiting and about five times a second while it goes on.</param>
    public LivePump(Func<DataSource> open, CancellationToken cancel, Action waiting)
    {
        this.cancel = cancel;
        this.waiting = waiting;
        work = Task.Factory.StartNew(() => Pump(open), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Whether the waiting was called off before the input ended.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The input, once its beginning is there; null where the waiting is called off before.</summary>
    public DataSource? Opened()
    {
        while (!cancel.IsCancellationRequested)
        {
            if (opened.Task.IsCompleted) return opened.Task.Result;
            waiting();
            Task.WaitAny([opened.Task, work], glance);
            if (work.IsFaulted) work.GetAwaiter().GetResult();
        }
        return null;
    }

    public override int Read(Span<byte> buffer)
    {
        while (given == block.Length)
        {
            if (Take() is not { } next) return 0;
            (block, given) = (next, 0);
        }
        int take = Math.Min(buffer.Length, block.Length - given);
        block.AsSpan(given, take).CopyTo(buffer);
        given += take;
        return take;
    }

    protected override void Dispose(bool disposing)
    {
        // The thread ends when it next has something to hand on, and closes the input itself.
        if (disposing) closed.Cancel();
        base.Dispose(disposing);
    }

    byte[]? Take()
    {
        if (!cancel.IsCancellationRequested && blocks.TryTake(out byte[]? next)) return next;
        while (!cancel.IsCancellationRequested)
        {
            if (blocks.IsCompleted)
            {
                work.GetAwaiter().GetResult();
                return null;
            }
            waiting();
            if (blocks.TryTake(out next, glance)) return next;
        }
        WasCut = true;
        return null;
    }

    void Pump(Func<DataSource> open)
    {
        try
        {
            using DataSource source = open();
            byte[] room = new byte[Block];
            // What was looked at is given to the reader by the source itself.
            int passed = 0;
            while (passed < source.Head.Length)
                passed += ByteSource.Read(source.Stream, room.AsSpan(0, Math.Min(Block, source.Head.Length - passed)), source.Path);
            opened.SetResult(source);
            for (int got; (got = ByteSource.Read(source.Stream, room, source.Path)) > 0;) blocks.Add(room[..got], closed.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads any more.
        }
        finally
        {
            blocks.CompleteAdding();
        }
    }
}
