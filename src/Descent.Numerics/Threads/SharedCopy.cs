using System.Numerics;
using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>Copies vectors and gathers rows of a matrix, large ones on several threads.
/// Nothing is allocated a call. One user at a time.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="workers">The threads; null for the calling one alone.</param>
public sealed unsafe class SharedCopy<T>(Workers? workers) : IShardWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this a thread costs more than it saves.
    const int LeastBytes = 1 << 16;
    T* from, to;
    int* rows;
    int count, columns, shards;

    /// <summary>Copies a vector into another of the same length, in shards.</summary>
    public void Copy(ReadOnlySpan<T> source, Span<T> target)
    {
        if (source.Length > target.Length) throw new ArgumentException($"{source.Length} entries do not fit into {target.Length}.");
        if (!IsShared(source.Length))
        {
            source.CopyTo(target);
            return;
        }
        fixed (T* a = source, b = target) Share(a, null, b, source.Length, 1);
    }

    /// <summary>Copies rows of a row-major matrix, by number, one behind the other.</summary>
    public void Gather(ReadOnlySpan<T> matrix, ReadOnlySpan<int> numbers, int width, Span<T> target)
    {
        if (target.Length < (long)numbers.Length * width)
            throw new ArgumentException($"{numbers.Length} rows of {width} entries do not fit into {target.Length}.");
        if (!IsShared(numbers.Length * width))
        {
            for (int k = 0; k < numbers.Length; k++) matrix.Slice(numbers[k] * width, width).CopyTo(target[(k * width)..]);
            return;
        }
        foreach (int row in numbers)
            if (row < 0 || ((long)row + 1) * width > matrix.Length)
                throw new ArgumentException($"There is no row {row} in {matrix.Length / width}.");
        fixed (T* a = matrix, b = target)
        fixed (int* n = numbers) Share(a, n, b, numbers.Length, width);
    }

    void IShardWork.Run(int shard)
    {
        int first = (int)((long)count * shard / shards), last = (int)((long)count * (shard + 1) / shards);
        if (rows is null) new ReadOnlySpan<T>(from + first, last - first).CopyTo(new Span<T>(to + first, last - first));
        else
            for (int k = first; k < last; k++)
                new ReadOnlySpan<T>(from + ((nint)rows[k] * columns), columns).CopyTo(new Span<T>(to + ((nint)k * columns), columns));
    }

    bool IsShared(long length) => workers is { Count: > 1 } && length * Unsafe.SizeOf<T>() >= LeastBytes;

    void Share(T* source, int* numbers, T* target, int items, int width)
    {
        from = source;
        rows = numbers;
        to = target;
        (count, columns, shards) = (items, width, workers!.Count);
        workers.Run(this, shards);
    }
}
