using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    // Blocks small enough for a column of each coordinate and each component to stay in the first cache.
    const int Block = 64;

    int FactorOfComponent => 1 + Dimension + (Dimension * (Dimension + 1) / 2);

    int FactorLength => Components * FactorOfComponent;

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        int k = Components, lanes = Statistics * 8;
        double[] rented = ArrayPool<double>.Shared.Rent(FactorLength + (k * Block) + lanes);
        Span<double> factors = rented.AsSpan(0, FactorLength), joint = rented.AsSpan(FactorLength, k * Block),
            sums = rented.AsSpan(FactorLength + (k * Block), lanes);
        double log = double.NaN;
        if (Factors(theta, factors))
        {
            sums.Clear();
            log = 0;
            for (int start = first; start < first + count; start += Block)
            {
                int rows = Math.Min(Block, first + count - start);
                for (int j = 0; j < k; j++)
                    LogJoints(factors.Slice(j * FactorOfComponent, FactorOfComponent), start, rows, joint.Slice(j * Block, Block));
                log += Share(joint, start, rows);
                for (int j = 0; j < k; j++)
                    Gather(joint.Slice(j * Block, Block), start, rows,
                        sums.Slice(j * StatisticsOfComponent * 8, StatisticsOfComponent * 8));
            }
            for (int i = 0; i < statistics.Length; i++)
            {
                ReadOnlySpan<double> s = sums.Slice(i * 8, 8);
                statistics[i] += ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
            }
        }
        ArrayPool<double>.Shared.Return(rented);
        return log;
    }

    // Weights of eight rows; those past the end of the block are nought.
    Vector512<double> Weights(int at, int left)
    {
        if (left >= 8)
            return weights is null ? Vector512<double>.One
                : Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(weights), (nuint)at);
        Span<double> eight = stackalloc double[8];
        eight.Clear();
        if (weights is null) eight[..left].Fill(1);
        else weights.AsSpan(at, left).CopyTo(eight);
        return Vector512.Create<double>(eight);
    }

    // log π_j N(x; μ_j, Σ_j) = c_j − ½‖L⁻¹x − L⁻¹μ‖², L⁻¹ row by row; 32 rows at a time, so that four sums hide each other's latency.
    // Rows past the block are read and weigh nothing.
    void LogJoints(ReadOnlySpan<double> factor, int start, int rows, Span<double> joint)
    {
        Vector512<double> constant = Vector512.Create(factor[0]), half = Vector512.Create(0.5);
        ref double inverse = ref Unsafe.AsRef(in factor[1 + Dimension]), x = ref data.First;
        for (int r = 0; r < rows; r += 32)
        {
            Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (int i = 0, at = 0; i < Dimension; i++)
            {
                Vector512<double> y0 = Vector512.Create(-factor[1 + i]), y1 = y0, y2 = y0, y3 = y0;
                ref double column = ref Unsafe.Add(ref x, start + r);
                for (int c = 0; c <= i; c++, at++, column = ref Unsafe.Add(ref column, (nint)stride))
                {
                    Vector512<double> l = Vector512.Create(Unsafe.Add(ref inverse, at));
                    y0 = Vector512.FusedMultiplyAdd(l, Vector512.LoadUnsafe(ref column), y0);
                    y1 = Vector512.FusedMultiplyAdd(l, Vector512.LoadUnsafe(ref column, 8), y1);
                    y2 = Vector512.FusedMultiplyAdd(l, Vector512.LoadUnsafe(ref column, 16), y2);
                    y3 = Vector512.FusedMultiplyAdd(l, Vector512.LoadUnsafe(ref column, 24), y3);
                }
                s0 = Vector512.FusedMultiplyAdd(y0, y0, s0);
                s1 = Vector512.FusedMultiplyAdd(y1, y1, s1);
                s2 = Vector512.FusedMultiplyAdd(y2, y2, s2);
                s3 = Vector512.FusedMultiplyAdd(y3, y3, s3);
            }
            (constant - (half * s0)).StoreUnsafe(ref joint[r]);
            (constant - (half * s1)).StoreUnsafe(ref joint[r], 8);
            (constant - (half * s2)).StoreUnsafe(ref joint[r], 16);
            (constant - (half * s3)).StoreUnsafe(ref joint[r], 24);
        }
    }

    // Turns log joints into weighted responsibilities; returns the block's log-likelihood.
    double Share(Span<double> joint, int start, int rows)
    {
        Vector512<double> log = Vector512<double>.Zero;
        for (int r = 0; r < rows; r += 8)
        {
            Vector512<double> top = Vector512.LoadUnsafe(ref joint[r]), sum = Vector512<double>.Zero;
            for (int j = 1; j < Components; j++) top = Vector512.Max(top, Vector512.LoadUnsafe(ref joint[(j * Block) + r]));
            for (int j = 0; j < Components; j++)
            {
                Vector512<double> e = Vector512.Exp(Vector512.LoadUnsafe(ref joint[(j * Block) + r]) - top);
                e.StoreUnsafe(ref joint[(j * Block) + r]);
                sum += e;
            }
            Vector512<double> weight = Weights(start + r, rows - r), share = weight / sum;
            log = Vector512.FusedMultiplyAdd(weight, top + Vector512.Log(sum), log);
            for (int j = 0; j < Components; j++)
                (share * Vector512.LoadUnsafe(ref joint[(j * Block) + r])).StoreUnsafe(ref joint[(j * Block) + r]);
        }
        return ((log[0] + log[4]) + (log[2] + log[6])) + ((log[1] + log[5]) + (log[3] + log[7]));
    }

    // Adds Σr, Σrx, Σrxxᵀ of a block, eight partial sums each; four columns at a time beside a scaled one.
    void Gather(Span<double> shares, int start, int rows, Span<double> sums)
    {
        int d = Dimension, at = 8 * (1 + d);
        Span<double> scaled = stackalloc double[Block];
        Vector512<double> total = Vector512.LoadUnsafe(ref sums[0]);
        for (int r = 0; r < rows; r += 8) total += Vector512.LoadUnsafe(ref shares[r]);
        total.StoreUnsafe(ref sums[0]);
        for (int a = 0; a < d; a++)
        {
            ref double column = ref data[(a * stride) + start];
            Vector512<double> linear = Vector512.LoadUnsafe(ref sums[8 * (1 + a)]);
            for (int r = 0; r < rows; r += 8)
            {
                Vector512<double> s = Vector512.LoadUnsafe(ref shares[r]) * Vector512.LoadUnsafe(ref column, (nuint)r);
                s.StoreUnsafe(ref scaled[r]);
                linear += s;
            }
            linear.StoreUnsafe(ref sums[8 * (1 + a)]);
            int b = a;
            for (; b + 4 <= d; b += 4, at += 32) Products4(scaled, (b * stride) + start, rows, ref sums[at]);
            for (; b < d; b++, at += 8)
            {
                ref double other = ref data[(b * stride) + start];
                Vector512<double> product = Vector512.LoadUnsafe(ref sums[at]);
                for (int r = 0; r < rows; r += 8)
                    product = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref scaled[r]),
                        Vector512.LoadUnsafe(ref other, (nuint)r), product);
                product.StoreUnsafe(ref sums[at]);
            }
        }
    }

    void Products4(Span<double> scaled, long first, int rows, ref double sums)
    {
        ref double c0 = ref data[first], c1 = ref data[first + stride], c2 = ref data[first + (2 * stride)],
            c3 = ref data[first + (3 * stride)];
        Vector512<double> p0 = Vector512.LoadUnsafe(ref sums), p1 = Vector512.LoadUnsafe(ref sums, 8);
        Vector512<double> p2 = Vector512.LoadUnsafe(ref sums, 16), p3 = Vector512.LoadUnsafe(ref sums, 24);
        for (int r = 0; r < rows; r += 8)
        {
            Vector512<double> s = Vector512.LoadUnsafe(ref scaled[r]);
            p0 = Vector512.FusedMultiplyAdd(s, Vector512.LoadUnsafe(ref c0, (nuint)r), p0);
            p1 = Vector512.FusedMultiplyAdd(s, Vector512.LoadUnsafe(ref c1, (nuint)r), p1);
            p2 = Vector512.FusedMultiplyAdd(s, Vector512.LoadUnsafe(ref c2, (nuint)r), p2);
            p3 = Vector512.FusedMultiplyAdd(s, Vector512.LoadUnsafe(ref c3, (nuint)r), p3);
        }
        p0.StoreUnsafe(ref sums);
        p1.StoreUnsafe(ref sums, 8);
        p2.StoreUnsafe(ref sums, 16);
        p3.StoreUnsafe(ref sums, 24);
    }

    double LogJoint(ReadOnlySpan<double> factor, int row)
    {
        double square = 0;
        for (int i = 0, at = 1 + Dimension; i < Dimension; i++)
        {
            double y = -factor[1 + i];
            for (int c = 0; c <= i; c++, at++) y += factor[at] * data[(c * stride) + row];
            square += y * y;
        }
        return factor[0] - (0.5 * square);
    }

    // For each component: log π − ½ log det 2πΣ, L⁻¹μ, L⁻¹ (lower triangle by rows), about the data's mean.
    // False where a Σ is not positive definite.
    bool Factors(ReadOnlySpan<double> theta, Span<double> factors)
    {
        int d = Dimension;
        // Extrapolation leaves Σπ = 1 + ε, worth nε of likelihood: shares are taken relative to their sum.
        double all = 0;
        for (int j = 0; j < Components; j++) all += theta[j];
        for (int j = 0; j < Components; j++)
        {
            Span<double> factor = factors.Slice(j * FactorOfComponent, FactorOfComponent), inverse = factor[(1 + d)..];
            ReadOnlySpan<double> mean = theta.Slice(Components + (j * d), d),
                covariance = theta.Slice((Components * (1 + d)) + (j * d * d), d * d);
            if (!PackedFactor.Inverse(covariance, d, inverse, out double logDeterminant)) return false;
            factor[0] = Math.Log(theta[j] / all) - (0.5 * ((d * Math.Log(2 * Math.PI)) + logDeterminant));
            for (int i = 0, at = 0; i < d; i++)
            {
                double y = 0;
                for (int c = 0; c <= i; c++, at++) y += inverse[at] * (mean[c] - centre[c]);
                factor[1 + i] = y;
            }
        }
        return true;
    }
}
