using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Tiles of a Gram matrix in vectors of 512 bits: 8 × 24 and 8 × 8 doubles, in 24 and 8 of 32 registers.</summary>
static class GramTiles512
{
    /// <summary>All tiles of one strip of rows.</summary>
    public static void AddProduct(ref double x, ref double scaled, int rows, int padded, ref double sums)
    {
        for (int i = 0; i < padded; i += 8)
        {
            int j = i;
            for (; j + 24 <= padded; j += 24)
                Tile8x24(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, padded, ref Unsafe.Add(ref sums, (i * padded) + j));
            for (; j < padded; j += 8)
                Tile8x8(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, padded, ref Unsafe.Add(ref sums, (i * padded) + j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8x24(ref double a, ref double b, int rows, int padded, ref double c)
    {
        ref double c1 = ref Unsafe.Add(ref c, padded);
        ref double c2 = ref Unsafe.Add(ref c1, padded);
        ref double c3 = ref Unsafe.Add(ref c2, padded);
        ref double c4 = ref Unsafe.Add(ref c3, padded);
        ref double c5 = ref Unsafe.Add(ref c4, padded);
        ref double c6 = ref Unsafe.Add(ref c5, padded);
        ref double c7 = ref Unsafe.Add(ref c6, padded);
        Vector512<double> t00 = Vector512.LoadUnsafe(ref c, 0), t01 = Vector512.LoadUnsafe(ref c, 8), t02 = Vector512.LoadUnsafe(ref c, 16);
        Vector512<double> t10 = Vector512.LoadUnsafe(ref c1, 0), t11 = Vector512.LoadUnsafe(ref c1, 8),
            t12 = Vector512.LoadUnsafe(ref c1, 16);
        Vector512<double> t20 = Vector512.LoadUnsafe(ref c2, 0), t21 = Vector512.LoadUnsafe(ref c2, 8),
            t22 = Vector512.LoadUnsafe(ref c2, 16);
        Vector512<double> t30 = Vector512.LoadUnsafe(ref c3, 0), t31 = Vector512.LoadUnsafe(ref c3, 8),
            t32 = Vector512.LoadUnsafe(ref c3, 16);
        Vector512<double> t40 = Vector512.LoadUnsafe(ref c4, 0), t41 = Vector512.LoadUnsafe(ref c4, 8),
            t42 = Vector512.LoadUnsafe(ref c4, 16);
        Vector512<double> t50 = Vector512.LoadUnsafe(ref c5, 0), t51 = Vector512.LoadUnsafe(ref c5, 8),
            t52 = Vector512.LoadUnsafe(ref c5, 16);
        Vector512<double> t60 = Vector512.LoadUnsafe(ref c6, 0), t61 = Vector512.LoadUnsafe(ref c6, 8),
            t62 = Vector512.LoadUnsafe(ref c6, 16);
        Vector512<double> t70 = Vector512.LoadUnsafe(ref c7, 0), t71 = Vector512.LoadUnsafe(ref c7, 8),
            t72 = Vector512.LoadUnsafe(ref c7, 16);
        for (int k = 0; k < rows; k++)
        {
            Vector512<double> x0 = Vector512.LoadUnsafe(ref b, 0), x1 = Vector512.LoadUnsafe(ref b, 8),
                x2 = Vector512.LoadUnsafe(ref b, 16);
            Vector512<double> s = Vector512.Create(a);
            t00 = Vector512.FusedMultiplyAdd(s, x0, t00);
            t01 = Vector512.FusedMultiplyAdd(s, x1, t01);
            t02 = Vector512.FusedMultiplyAdd(s, x2, t02);
            s = Vector512.Create(Unsafe.Add(ref a, 1));
            t10 = Vector512.FusedMultiplyAdd(s, x0, t10);
            t11 = Vector512.FusedMultiplyAdd(s, x1, t11);
            t12 = Vector512.FusedMultiplyAdd(s, x2, t12);
            s = Vector512.Create(Unsafe.Add(ref a, 2));
            t20 = Vector512.FusedMultiplyAdd(s, x0, t20);
            t21 = Vector512.FusedMultiplyAdd(s, x1, t21);
            t22 = Vector512.FusedMultiplyAdd(s, x2, t22);
            s = Vector512.Create(Unsafe.Add(ref a, 3));
            t30 = Vector512.FusedMultiplyAdd(s, x0, t30);
            t31 = Vector512.FusedMultiplyAdd(s, x1, t31);
            t32 = Vector512.FusedMultiplyAdd(s, x2, t32);
            s = Vector512.Create(Unsafe.Add(ref a, 4));
            t40 = Vector512.FusedMultiplyAdd(s, x0, t40);
            t41 = Vector512.FusedMultiplyAdd(s, x1, t41);
            t42 = Vector512.FusedMultiplyAdd(s, x2, t42);
            s = Vector512.Create(Unsafe.Add(ref a, 5));
            t50 = Vector512.FusedMultiplyAdd(s, x0, t50);
            t51 = Vector512.FusedMultiplyAdd(s, x1, t51);
            t52 = Vector512.FusedMultiplyAdd(s, x2, t52);
            s = Vector512.Create(Unsafe.Add(ref a, 6));
            t60 = Vector512.FusedMultiplyAdd(s, x0, t60);
            t61 = Vector512.FusedMultiplyAdd(s, x1, t61);
            t62 = Vector512.FusedMultiplyAdd(s, x2, t62);
            s = Vector512.Create(Unsafe.Add(ref a, 7));
            t70 = Vector512.FusedMultiplyAdd(s, x0, t70);
            t71 = Vector512.FusedMultiplyAdd(s, x1, t71);
            t72 = Vector512.FusedMultiplyAdd(s, x2, t72);
            a = ref Unsafe.Add(ref a, padded);
            b = ref Unsafe.Add(ref b, padded);
        }
        t00.StoreUnsafe(ref c, 0);
        t01.StoreUnsafe(ref c, 8);
        t02.StoreUnsafe(ref c, 16);
        t10.StoreUnsafe(ref c1, 0);
        t11.StoreUnsafe(ref c1, 8);
        t12.StoreUnsafe(ref c1, 16);
        t20.StoreUnsafe(ref c2, 0);
        t21.StoreUnsafe(ref c2, 8);
        t22.StoreUnsafe(ref c2, 16);
        t30.StoreUnsafe(ref c3, 0);
        t31.StoreUnsafe(ref c3, 8);
        t32.StoreUnsafe(ref c3, 16);
        t40.StoreUnsafe(ref c4, 0);
        t41.StoreUnsafe(ref c4, 8);
        t42.StoreUnsafe(ref c4, 16);
        t50.StoreUnsafe(ref c5, 0);
        t51.StoreUnsafe(ref c5, 8);
        t52.StoreUnsafe(ref c5, 16);
        t60.StoreUnsafe(ref c6, 0);
        t61.StoreUnsafe(ref c6, 8);
        t62.StoreUnsafe(ref c6, 16);
        t70.StoreUnsafe(ref c7, 0);
        t71.StoreUnsafe(ref c7, 8);
        t72.StoreUnsafe(ref c7, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8x8(ref double a, ref double b, int rows, int padded, ref double c)
    {
        ref double c1 = ref Unsafe.Add(ref c, padded);
        ref double c2 = ref Unsafe.Add(ref c1, padded);
        ref double c3 = ref Unsafe.Add(ref c2, padded);
        ref double c4 = ref Unsafe.Add(ref c3, padded);
        ref double c5 = ref Unsafe.Add(ref c4, padded);
        ref double c6 = ref Unsafe.Add(ref c5, padded);
        ref double c7 = ref Unsafe.Add(ref c6, padded);
        Vector512<double> t00 = Vector512.LoadUnsafe(ref c, 0);
        Vector512<double> t10 = Vector512.LoadUnsafe(ref c1, 0);
        Vector512<double> t20 = Vector512.LoadUnsafe(ref c2, 0);
        Vector512<double> t30 = Vector512.LoadUnsafe(ref c3, 0);
        Vector512<double> t40 = Vector512.LoadUnsafe(ref c4, 0);
        Vector512<double> t50 = Vector512.LoadUnsafe(ref c5, 0);
        Vector512<double> t60 = Vector512.LoadUnsafe(ref c6, 0);
        Vector512<double> t70 = Vector512.LoadUnsafe(ref c7, 0);
        for (int k = 0; k < rows; k++)
        {
            Vector512<double> x0 = Vector512.LoadUnsafe(ref b, 0);
            Vector512<double> s = Vector512.Create(a);
            t00 = Vector512.FusedMultiplyAdd(s, x0, t00);
            s = Vector512.Create(Unsafe.Add(ref a, 1));
            t10 = Vector512.FusedMultiplyAdd(s, x0, t10);
            s = Vector512.Create(Unsafe.Add(ref a, 2));
            t20 = Vector512.FusedMultiplyAdd(s, x0, t20);
            s = Vector512.Create(Unsafe.Add(ref a, 3));
            t30 = Vector512.FusedMultiplyAdd(s, x0, t30);
            s = Vector512.Create(Unsafe.Add(ref a, 4));
            t40 = Vector512.FusedMultiplyAdd(s, x0, t40);
            s = Vector512.Create(Unsafe.Add(ref a, 5));
            t50 = Vector512.FusedMultiplyAdd(s, x0, t50);
            s = Vector512.Create(Unsafe.Add(ref a, 6));
            t60 = Vector512.FusedMultiplyAdd(s, x0, t60);
            s = Vector512.Create(Unsafe.Add(ref a, 7));
            t70 = Vector512.FusedMultiplyAdd(s, x0, t70);
            a = ref Unsafe.Add(ref a, padded);
            b = ref Unsafe.Add(ref b, padded);
        }
        t00.StoreUnsafe(ref c, 0);
        t10.StoreUnsafe(ref c1, 0);
        t20.StoreUnsafe(ref c2, 0);
        t30.StoreUnsafe(ref c3, 0);
        t40.StoreUnsafe(ref c4, 0);
        t50.StoreUnsafe(ref c5, 0);
        t60.StoreUnsafe(ref c6, 0);
        t70.StoreUnsafe(ref c7, 0);
    }
}
