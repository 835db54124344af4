using System.Buffers;
using Apache.Arrow.Memory;

namespace Descent.Data;

/// <summary>
/// The memory of batches: arrays of this program, each no larger than what a file of its size can hold, so that a damaged length cannot
/// ask for gigabytes.
/// </summary>
/// <param name="file">Bytes of the file.</param>
sealed class ArrowMemory(long file) : MemoryAllocator
{
    // A body is no longer than its file. Unpacked, long runs of one value may be a thousand times as long.
    const long Least = 48L << 20, PerByte = 1000;

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        if (length > Least + (PerByte * file))
            throw new InvalidDataException($"a part of it promises {length} bytes, and the file has {file}");
        bytesAllocated = length;
        return new Owner(GC.AllocateUninitializedArray<byte>(length));
    }

    sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        // The collector takes it.
        public void Dispose()
        {
        }
    }
}
