using Orleans;
using Orleans.Runtime;

namespace Descent.Orleans;

/// <summary>A grain whose calls are answered when what they changed is written.</summary>
abstract class KeptGrain : Grain
{
    readonly IPersistentState<KeptBytes> stored;
    readonly GroupCommit commit;
    string? failed, refusal;

    protected KeptGrain(IPersistentState<KeptBytes> stored)
    {
        this.stored = stored;
        commit = new GroupCommit(Write);
    }

    /// <summary>Which state this is.</summary>
    protected abstract string Form { get; }

    /// <summary>Makes the state, before what was kept is put back; a sentence when it cannot be.</summary>
    protected abstract string? Begin();

    /// <summary>The state as bytes of its own.</summary>
    protected abstract byte[] Save();

    /// <summary>Puts it back.</summary>
    protected abstract void Restore(byte[] state);

    // A refusal is kept for the callers: an activation that fails is tried again and again, and they would wait for nothing.
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        refusal = Begin();
        if (refusal is not null || !stored.RecordExists) return Task.CompletedTask;
        if (stored.State.Form == Form) Restore(stored.State.Bytes);
        else refusal = $"{this.GetPrimaryKeyString()}: the storage holds {stored.State.Form}, and the model is {Form}. "
            + "Give the model another name, or clear its storage.";
        return Task.CompletedTask;
    }

    /// <summary>Throws where this activation cannot answer.</summary>
    protected void Require()
    {
        if (refusal is not null)
        {
            DeactivateOnIdle();
            throw new InvalidOperationException(refusal);
        }
        if (failed is not null) throw new OrleansException(failed);
    }

    /// <summary>Something has changed; waits until it is written.</summary>
    protected Task Changed()
    {
        commit.Changed();
        return commit.Written();
    }

    /// <summary>Waits until everything so far is written.</summary>
    protected Task Written() => commit.Written();

    // After a failure nobody knows what the storage holds: this activation ends, and the next one reads it.
    async Task Write()
    {
        (stored.State.Form, stored.State.Bytes) = (Form, Save());
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception e)
        {
            failed = $"{this.GetPrimaryKeyString()} could not be written: {e.Message}";
            DeactivateOnIdle();
            throw new OrleansException(failed);
        }
    }
}
