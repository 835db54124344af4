using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Estimators;

/// <summary>
/// Sixteen bits an entry: IEEE binary16 after a power of two by which the largest entry lies in [2¹⁴, 2¹⁵). Entries above 2⁻²⁸ of the
/// largest keep a relative error of 2⁻¹¹. Message: the power of two, then 2d bytes. Cost O(d). Source: IEEE 754-2019, § 3.6; Micikevicius
/// et al. 2018 for the scale.
/// </summary>
public sealed record HalfPrecision : GradientCompression
{
    /// <inheritdoc/>
    public override string Text => "half";

    /// <inheritdoc/>
    public override GradientCodec<T> Start<T>(int dimension) => new Codec<T>(dimension);

    sealed class Codec<T>(int dimension) : GradientCodec<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Top = 14;

        public override int Bytes => sizeof(int) + (dimension * sizeof(ushort));

        public override void Encode(ReadOnlySpan<T> vector, Span<byte> message)
        {
            T most = T.Zero;
            foreach (T x in vector) most = T.Max(most, T.Abs(x));
            int power = most > T.Zero && T.IsFinite(most) ? Top - T.ILogB(most) : 0;
            MemoryMarshal.Write(message, power);
            Span<Half> halves = MemoryMarshal.Cast<byte, Half>(message[sizeof(int)..]);
            for (int j = 0; j < vector.Length; j++) halves[j] = Half.CreateTruncating(T.ScaleB(vector[j], power));
        }

        public override void Decode(ReadOnlySpan<byte> message, Span<T> vector)
        {
            int power = MemoryMarshal.Read<int>(message);
            ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(message[sizeof(int)..]);
            for (int j = 0; j < vector.Length; j++) vector[j] = T.ScaleB(T.CreateTruncating(halves[j]), -power);
        }
    }
}
