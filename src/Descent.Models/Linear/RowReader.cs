using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Models.Linear;

/// <summary>Reads single rows as doubles, whatever their kind and element type.</summary>
static class RowReader
{
    /// <summary>Writes the non-zero entries of a row and returns how many there are.</summary>
    public static int Read<T, TRows>(in TRows rows, int row, Span<int> columns, Span<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
    {
        ReadOnlySpan<T> x = rows.ValuesOf(row);
        ReadOnlySpan<int> at = rows.IsSparse ? rows.IndicesOf(row) : default;
        int count = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double v = double.CreateTruncating(x[k]);
            if (v == 0) continue;
            (columns[count], values[count]) = (rows.IsSparse ? at[k] : k, v);
            count++;
        }
        return count;
    }

    /// <summary><c>Σ |x_j| a_j</c> over one row.</summary>
    public static double Magnitude<T, TRows>(in TRows rows, int row, ReadOnlySpan<double> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
    {
        ReadOnlySpan<T> x = rows.ValuesOf(row);
        double sum = 0;
        int k = 0;
        if (rows.IsSparse)
        {
            ReadOnlySpan<int> at = rows.IndicesOf(row);
            for (; k < x.Length; k++) sum += Math.Abs(double.CreateTruncating(x[k])) * a[at[k]];
            return sum;
        }
        if (typeof(T) == typeof(double))
        {
            ReadOnlySpan<double> wide = MemoryMarshal.Cast<T, double>(x);
            Vector256<double> lanes = default;
            for (; k + 4 <= wide.Length; k += 4)
                lanes += Vector256.Abs(Vector256.Create(wide.Slice(k, 4))) * Vector256.Create(a.Slice(k, 4));
            sum = Vector256.Sum(lanes);
        }
        for (; k < x.Length; k++) sum += Math.Abs(double.CreateTruncating(x[k])) * a[k];
        return sum;
    }

    /// <summary><c>target_j += a|x_j|</c> over one row.</summary>
    public static void AddMagnitude<T, TRows>(in TRows rows, int row, double a, Span<double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
    {
        ReadOnlySpan<T> x = rows.ValuesOf(row);
        int k = 0;
        if (rows.IsSparse)
        {
            ReadOnlySpan<int> at = rows.IndicesOf(row);
            for (; k < x.Length; k++) target[at[k]] += a * Math.Abs(double.CreateTruncating(x[k]));
            return;
        }
        if (typeof(T) == typeof(double))
        {
            ReadOnlySpan<double> wide = MemoryMarshal.Cast<T, double>(x);
            for (; k + 4 <= wide.Length; k += 4)
                (Vector256.Create<double>(target.Slice(k, 4)) + (Vector256.Abs(Vector256.Create(wide.Slice(k, 4))) * a))
                    .CopyTo(target.Slice(k, 4));
        }
        for (; k < x.Length; k++) target[k] += a * Math.Abs(double.CreateTruncating(x[k]));
    }

    /// <summary>Most stored entries of any row.</summary>
    public static int Longest<T, TRows>(in TRows rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, IRows<T>
    {
        int longest = 0;
        for (int i = 0; i < rows.Count; i++) longest = Math.Max(longest, rows.EntriesOf(i));
        return longest;
    }
}
