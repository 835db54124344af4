using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>
/// Elements one behind another, in an array or in memory that a file is mapped into: rows are read from both by the same code, without a
/// copy and with the same bits.
/// </summary>
/// <remarks>
/// A value of four words. Mapped memory lives as long as its owner, which the slab holds; the owner of a slab has to be reachable while a
/// reference into it is used, as the fields of a risk are. Copying a slab copies no element.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public readonly struct Slab<T>
    where T : unmanaged
{
    readonly T[]? array;
    readonly nint address;
    readonly object? owner;

    /// <summary>The elements of an array, which is not copied.</summary>
    public Slab(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        this.array = array;
        Length = array.LongLength;
    }

    /// <summary>Elements at an address.</summary>
    /// <param name="address">Where they begin, aligned to the size of an element.</param>
    /// <param name="length">How many there are, ≥ 0.</param>
    /// <param name="owner">What keeps the memory mapped while it is reachable.</param>
    internal Slab(nint address, long length, object owner)
    {
        this.address = address;
        this.owner = owner;
        Length = length;
    }

    /// <summary>Number of elements.</summary>
    public long Length { get; }

    /// <summary>Whether the elements lie in a file's memory and not in an array.</summary>
    public bool IsMapped => owner is not null;

    /// <summary>The array behind it; null where the memory is a file's.</summary>
    public T[]? Array => array;

    /// <summary>The first element; of an empty slab a reference that may not be read.</summary>
    public unsafe ref T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref array is { } a ? ref MemoryMarshal.GetArrayDataReference(a) : ref Unsafe.AsRef<T>((void*)address);
    }

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that number.</exception>
    public ref T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((ulong)index >= (ulong)Length) Refuse(index, 1);
            return ref Unsafe.Add(ref First, (nint)index);
        }
    }

    /// <summary>Some elements as a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Span(long start, int count)
    {
        if ((ulong)start > (ulong)Length || (uint)count > (ulong)(Length - start)) Refuse(start, count);
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref First, (nint)start), count);
    }

    /// <summary>The first elements alone.</summary>
    public Slab<T> Take(long length)
    {
        if ((ulong)length > (ulong)Length) Refuse(0, length);
        return new Slab<T>(this, length);
    }

    /// <summary>Writes the first elements into another slab.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is shorter.</exception>
    public void CopyTo(Slab<T> target, long length)
    {
        const int Part = 1 << 24;
        for (long at = 0; at < length; at += Part)
        {
            int count = (int)Math.Min(Part, length - at);
            Span(at, count).CopyTo(target.Span(at, count));
        }
    }

    /// <summary>Whether both are the same elements at the same place.</summary>
    public bool IsSame(Slab<T> other) => ReferenceEquals(array, other.array) && address == other.address && Length == other.Length;

    /// <summary>An array as a slab.</summary>
    public static implicit operator Slab<T>(T[] array) => new(array);

    Slab(Slab<T> whole, long length)
    {
        (array, address, owner) = (whole.array, whole.address, whole.owner);
        Length = length;
    }

    void Refuse(long start, long count) =>
        throw new ArgumentOutOfRangeException(nameof(start), $"Elements {start} … {start + count - 1} are asked for; there are {Length}.");
}
