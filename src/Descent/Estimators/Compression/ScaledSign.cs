using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Estimators;

/// <summary>
/// One bit an entry, <c>C(p) = (‖p‖₁/d)·sign(p)</c>, sign(0) = 1. Message: the scale, then ⌈d/8⌉ bytes. Cost O(d). It keeps at least
/// ‖p‖₁²/(d‖p‖²) of a vector's square. Source: Karimireddy, Rebjock, Stich and Jaggi 2019.
/// </summary>
public sealed record ScaledSign : GradientCompression
{
    /// <inheritdoc/>
    public override string Text => "sign";

    /// <inheritdoc/>
    public override GradientCodec<T> Start<T>(int dimension) => new Codec<T>(dimension);

    sealed class Codec<T>(int dimension) : GradientCodec<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override int Bytes => Unsafe.SizeOf<T>() + ((dimension + 7) / 8);

        public override void Encode(ReadOnlySpan<T> vector, Span<byte> message)
        {
            T sum = T.Zero;
            Span<byte> bits = message[Unsafe.SizeOf<T>()..];
            bits.Clear();
            for (int j = 0; j < vector.Length; j++)
            {
                sum += T.Abs(vector[j]);
                if (vector[j] < T.Zero) bits[j >> 3] |= (byte)(1 << (j & 7));
            }
            MemoryMarshal.Write(message, sum / T.CreateTruncating(vector.Length));
        }

        public override void Decode(ReadOnlySpan<byte> message, Span<T> vector)
        {
            T scale = MemoryMarshal.Read<T>(message);
            ReadOnlySpan<byte> bits = message[Unsafe.SizeOf<T>()..];
            for (int j = 0; j < vector.Length; j++) vector[j] = (bits[j >> 3] >> (j & 7) & 1) == 0 ? scale : -scale;
        }
    }
}
