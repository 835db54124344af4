using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

/// <summary>
/// Walks over two tensors of one shape row by row, where a row is as long as both allow:
/// dimensions along which both go on evenly are taken together.
/// </summary>
ref struct Rows
{
    readonly int rank;
    Numbers sizes, first, second, at;

    public Rows(Shape shape, in Strides a, in Strides b)
    {
        // From the last dimension on; the rows' own comes to lie at 0.
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (shape[i] == 1) continue;
            if (rank > 0 && a[i] == first[rank - 1] * sizes[rank - 1] && b[i] == second[rank - 1] * sizes[rank - 1])
                sizes[rank - 1] *= shape[i];
            else
            {
                sizes[rank] = shape[i];
                first[rank] = a[i];
                second[rank] = b[i];
                rank++;
            }
        }
        Length = rank == 0 ? 1 : sizes[0];
        Count = shape.Length == 0 ? 0 : shape.Length / Length;
    }

    /// <summary>Entries of a row.</summary>
    public int Length { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Distance of a row's entries in the first tensor.</summary>
    public readonly int StepA => rank == 0 ? 1 : first[0];

    /// <summary>Distance of a row's entries in the second tensor.</summary>
    public readonly int StepB => rank == 0 ? 1 : second[0];

    /// <summary>Where the row begins in the first tensor.</summary>
    public int A { get; private set; }

    /// <summary>Where the row begins in the second tensor.</summary>
    public int B { get; private set; }

    /// <summary>Goes on to the next row.</summary>
    public void Next()
    {
        for (int i = 1; i < rank; i++)
        {
            A += first[i];
            B += second[i];
            if (++at[i] < sizes[i]) return;
            A -= first[i] * at[i];
            B -= second[i] * at[i];
            at[i] = 0;
        }
    }

    /// <summary>Copies a tensor into row-major order.</summary>
    public static void Copy<T>(Strided<T> from, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Rows rows = new(from.Shape, from.Strides, from.Strides);
        int n = rows.Length, step = rows.StepA;
        for (int r = 0; r < rows.Count; r++, rows.Next())
        {
            Span<T> row = to.Slice(r * n, n);
            if (step == 1) from.Memory.Slice(rows.A, n).CopyTo(row);
            else if (step == 0) row.Fill(from.Memory[rows.A]);
            else
                for (int i = 0, k = rows.A; i < n; i++, k += step) row[i] = from.Memory[k];
        }
    }

    [InlineArray(Shape.MostDimensions)]
    struct Numbers
    {
        int first;
    }
}
