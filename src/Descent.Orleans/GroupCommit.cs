namespace Descent.Orleans;

/// <summary>Writes a grain's state while its changes go on: one write at a time, and each answers for all the changes before it.</summary>
/// <remarks>For the turns of one reentrant grain, which never run at the same time.</remarks>
sealed class GroupCommit(Func<Task> write)
{
    long changes, written;
    Task? writing;

    /// <summary>Something has changed.</summary>
    public void Changed() => changes++;

    /// <summary>Waits until every change so far is written.</summary>
    public async Task Written()
    {
        long mine = changes;
        while (written < mine)
        {
            writing ??= Write();
            await writing;
        }
    }

    async Task Write()
    {
        // Others in the queue come first, so that they are written along; and the caller knows of this write before it ends.
        await Task.Yield();
        long covers = changes;
        try
        {
            await write();
            written = covers;
        }
        finally
        {
            writing = null;
        }
    }
}
