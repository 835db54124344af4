using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>Tiles of a Gram matrix for processors of 16 vector registers:
/// four rows of three vectors, 12 sums, three loads and a broadcast.</summary>
/// <typeparam name="V">The lane, 256 or 128 bits.</typeparam>
static class GramTiles<V>
    where V : struct, ILane<V, double>
{
    /// <summary>All tiles of one strip of rows: the upper triangle in blocks of eight.</summary>
    public static void AddProduct(ref double x, ref double scaled, int rows, int padded, ref double sums)
    {
        int wide = 3 * V.Count, narrow = 2 * V.Count;
        for (int i = 0; i < padded; i += 4)
        {
            int j = i / 8 * 8;
            // In pairs: what is left after them is whole narrow tiles.
            for (; j + (2 * wide) <= padded; j += 2 * wide)
            {
                Wide(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, padded, ref Unsafe.Add(ref sums, (i * padded) + j));
                Wide(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j + wide), rows, padded,
                    ref Unsafe.Add(ref sums, (i * padded) + j + wide));
            }
            for (; j < padded; j += narrow)
                Narrow(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, padded, ref Unsafe.Add(ref sums, (i * padded) + j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Wide(ref double a, ref double b, int rows, int padded, ref double c)
    {
        nuint v = (nuint)V.Count;
        ref double c1 = ref Unsafe.Add(ref c, padded);
        ref double c2 = ref Unsafe.Add(ref c1, padded);
        ref double c3 = ref Unsafe.Add(ref c2, padded);
        V t00 = V.Load(ref c, 0), t01 = V.Load(ref c, v), t02 = V.Load(ref c, 2 * v);
        V t10 = V.Load(ref c1, 0), t11 = V.Load(ref c1, v), t12 = V.Load(ref c1, 2 * v);
        V t20 = V.Load(ref c2, 0), t21 = V.Load(ref c2, v), t22 = V.Load(ref c2, 2 * v);
        V t30 = V.Load(ref c3, 0), t31 = V.Load(ref c3, v), t32 = V.Load(ref c3, 2 * v);
        for (int k = 0; k < rows; k++)
        {
            V x0 = V.Load(ref b, 0), x1 = V.Load(ref b, v), x2 = V.Load(ref b, 2 * v), s = V.All(a);
            t00 = V.FusedMultiplyAdd(s, x0, t00);
            t01 = V.FusedMultiplyAdd(s, x1, t01);
            t02 = V.FusedMultiplyAdd(s, x2, t02);
            s = V.All(Unsafe.Add(ref a, 1));
            t10 = V.FusedMultiplyAdd(s, x0, t10);
            t11 = V.FusedMultiplyAdd(s, x1, t11);
            t12 = V.FusedMultiplyAdd(s, x2, t12);
            s = V.All(Unsafe.Add(ref a, 2));
            t20 = V.FusedMultiplyAdd(s, x0, t20);
            t21 = V.FusedMultiplyAdd(s, x1, t21);
            t22 = V.FusedMultiplyAdd(s, x2, t22);
            s = V.All(Unsafe.Add(ref a, 3));
            t30 = V.FusedMultiplyAdd(s, x0, t30);
            t31 = V.FusedMultiplyAdd(s, x1, t31);
            t32 = V.FusedMultiplyAdd(s, x2, t32);
            a = ref Unsafe.Add(ref a, padded);
            b = ref Unsafe.Add(ref b, padded);
        }
        t00.Store(ref c, 0);
        t01.Store(ref c, v);
        t02.Store(ref c, 2 * v);
        t10.Store(ref c1, 0);
        t11.Store(ref c1, v);
        t12.Store(ref c1, 2 * v);
        t20.Store(ref c2, 0);
        t21.Store(ref c2, v);
        t22.Store(ref c2, 2 * v);
        t30.Store(ref c3, 0);
        t31.Store(ref c3, v);
        t32.Store(ref c3, 2 * v);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Narrow(ref double a, ref double b, int rows, int padded, ref double c)
    {
        nuint v = (nuint)V.Count;
        ref double c1 = ref Unsafe.Add(ref c, padded);
        ref double c2 = ref Unsafe.Add(ref c1, padded);
        ref double c3 = ref Unsafe.Add(ref c2, padded);
        V t00 = V.Load(ref c, 0), t01 = V.Load(ref c, v);
        V t10 = V.Load(ref c1, 0), t11 = V.Load(ref c1, v);
        V t20 = V.Load(ref c2, 0), t21 = V.Load(ref c2, v);
        V t30 = V.Load(ref c3, 0), t31 = V.Load(ref c3, v);
        for (int k = 0; k < rows; k++)
        {
            V x0 = V.Load(ref b, 0), x1 = V.Load(ref b, v), s = V.All(a);
            t00 = V.FusedMultiplyAdd(s, x0, t00);
            t01 = V.FusedMultiplyAdd(s, x1, t01);
            s = V.All(Unsafe.Add(ref a, 1));
            t10 = V.FusedMultiplyAdd(s, x0, t10);
            t11 = V.FusedMultiplyAdd(s, x1, t11);
            s = V.All(Unsafe.Add(ref a, 2));
            t20 = V.FusedMultiplyAdd(s, x0, t20);
            t21 = V.FusedMultiplyAdd(s, x1, t21);
            s = V.All(Unsafe.Add(ref a, 3));
            t30 = V.FusedMultiplyAdd(s, x0, t30);
            t31 = V.FusedMultiplyAdd(s, x1, t31);
            a = ref Unsafe.Add(ref a, padded);
            b = ref Unsafe.Add(ref b, padded);
        }
        t00.Store(ref c, 0);
        t01.Store(ref c, v);
        t10.Store(ref c1, 0);
        t11.Store(ref c1, v);
        t20.Store(ref c2, 0);
        t21.Store(ref c2, v);
        t30.Store(ref c3, 0);
        t31.Store(ref c3, v);
    }
}
