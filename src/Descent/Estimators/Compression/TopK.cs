using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Estimators;

/// <summary>
/// The k = ⌈share·d⌉ entries of largest size, of equal ones those with the lowest numbers; the others are taken as 0. Message: k numbers of
/// coordinates (4 bytes each), then k values. Cost O(d) in mean. Source: Aji and Heafield 2017; Stich, Cordonnier and Jaggi 2018.
/// </summary>
/// <param name="Share">In (0, 1].</param>
public sealed record TopK(double Share) : GradientCompression
{
    /// <summary>The share of the entries that is kept.</summary>
    public double Share { get; } = Share is > 0 and <= 1 ? Share
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"The share must lie in (0, 1]; got {Share} (TopK)."));

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant($"topk:{Share}");

    /// <inheritdoc/>
    public override GradientCodec<T> Start<T>(int dimension) =>
        new Codec<T>(dimension, Math.Clamp((int)Math.Ceiling(Share * dimension), 1, dimension));

    sealed class Codec<T>(int dimension, int kept) : GradientCodec<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] sizes = new T[dimension];

        public override int Bytes => kept * (sizeof(int) + Unsafe.SizeOf<T>());

        public override void Encode(ReadOnlySpan<T> vector, Span<byte> message)
        {
            Span<int> at = MemoryMarshal.Cast<byte, int>(message[..(kept * sizeof(int))]);
            Span<T> values = MemoryMarshal.Cast<byte, T>(message[(kept * sizeof(int))..]);
            for (int j = 0; j < vector.Length; j++) sizes[j] = Size(vector[j]);
            T least = Largest(sizes, kept);
            int larger = 0;
            foreach (T s in sizes)
                if (s > least) larger++;
            int equals = kept - larger, n = 0;
            for (int j = 0; j < vector.Length && n < kept; j++)
            {
                T s = Size(vector[j]);
                if (s < least || (s == least && equals-- <= 0)) continue;
                (at[n], values[n]) = (j, vector[j]);
                n++;
            }
        }

        public override void Decode(ReadOnlySpan<byte> message, Span<T> vector)
        {
            ReadOnlySpan<int> at = MemoryMarshal.Cast<byte, int>(message[..(kept * sizeof(int))]);
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(message[(kept * sizeof(int))..]);
            vector.Clear();
            for (int k = 0; k < at.Length; k++) vector[at[k]] = values[k];
        }

        // What is no number is largest, so that it is seen.
        static T Size(T x) => T.IsNaN(x) ? T.PositiveInfinity : T.Abs(x);

        // The k-th largest (Hoare 1961); the order of the rest is lost.
        static T Largest(T[] a, int k)
        {
            int low = 0, high = a.Length - 1, place = k - 1;
            while (low < high)
            {
                T pivot = a[low + ((high - low) / 2)];
                int i = low, j = high;
                while (i <= j)
                {
                    while (a[i] > pivot) i++;
                    while (a[j] < pivot) j--;
                    if (i <= j)
                    {
                        (a[i], a[j]) = (a[j], a[i]);
                        i++;
                        j--;
                    }
                }
                if (place <= j) high = j;
                else if (place >= i) low = i;
                else return a[place];
            }
            return a[place];
        }
    }
}
