namespace Descent.Estimators;

/// <summary>Writes vectors as messages of a fixed length, and reads them. One user at a time; nothing is allocated a call.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class GradientCodec<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes of every message.</summary>
    public abstract int Bytes { get; }

    /// <summary>Writes a vector of length d. One with an entry that is no number is read as one that has such entries.</summary>
    public abstract void Encode(ReadOnlySpan<T> vector, Span<byte> message);

    /// <summary>Reads a message: every entry of a vector of length d is written.</summary>
    public abstract void Decode(ReadOnlySpan<byte> message, Span<T> vector);
}
