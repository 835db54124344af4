using System.Globalization;
using System.Runtime.InteropServices;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Descent.Orleans;

/// <summary>A block of parameters as a grain. Reentrant: while one state is being written, pushes and pulls go on, and the next write
/// answers for all of them.</summary>
[Reentrant]
sealed class BlockGrain(IServiceProvider services, [PersistentState("block", ModelServices.Storage)] IPersistentState<KeptBytes> stored)
    : KeptGrain(stored), IBlockGrain
{
    ServedBlock block = null!;

    protected override string Form => block.Form;

    public Task<byte[]> Pull(byte[] request, bool whole)
    {
        Require();
        return Task.FromResult(block.Pull(request, whole));
    }

    public Task Push(byte[] request, bool whole)
    {
        Require();
        // What came again may have come before the write that answers for it has ended.
        return block.Push(request, whole) ? Changed() : Written();
    }

    public Task<byte[]> Look()
    {
        Require();
        BlockFacts facts = block.Facts;
        return Task.FromResult(MemoryMarshal.AsBytes(new ReadOnlySpan<BlockFacts>(in facts)).ToArray());
    }

    protected override string? Begin()
    {
        string key = this.GetPrimaryKeyString();
        int cut = key.LastIndexOf('/');
        if (ModelServices.Find(services, key[..Math.Max(0, cut)], out string missing) is not { } model) return missing;
        if (!int.TryParse(key[(cut + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number >= model.Blocks)
            return $"{key}: model '{model.Name}' has blocks 0 to {model.Blocks - 1}.";
        block = model.Open(number);
        return null;
    }

    protected override byte[] Save() => block.Save();

    protected override void Restore(byte[] state) => block.Restore(state);
}
