namespace Descent.Tests.Recursions;

/// <summary>
/// Quasi-Newton directions from the run's own iterates: BFGS as a full inverse matrix, L-BFGS by multiplying out its last m updates.
/// Step lengths are no recursion; they are checked to meet the strong Wolfe conditions (c₁ = 1e-4,
/// c₂ = 0.9), and to be the first trial wherever that meets them.
/// </summary>
static class Quasi
{
    /// <summary>Follows a run: given the lengths that it took, yields where it ought to be.</summary>
    public static IEnumerable<double[]> Follow(Feed f, int? memory, Func<double> taken)
    {
        double[] w = f.Start();
        List<(double[] S, double[] Y)> pairs = [];
        while (true)
        {
            double[] g = f.Problem.Gradient(w, f.Problem.All),
                p = [.. Dense.Times(Inverse(pairs, w.Length, memory is not null), g).Select(x => -x)];
            double first = pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Norms.Square(g))) : 1;
            double step = Wolfe(f, w, p, first) ? first : taken();
            Assert.Equal(step, taken(), 1e-14 * step);
            Assert.True(Wolfe(f, w, p, step), $"A step of {step} does not meet the strong Wolfe conditions.");
            double[] next = [.. w.Zip(p, (a, b) => a + (step * b))], after = f.Problem.Gradient(next, f.Problem.All);
            pairs.Add(([.. next.Zip(w, (a, b) => a - b)], [.. after.Zip(g, (a, b) => a - b)]));
            if (memory is { } most && pairs.Count > most) pairs.RemoveAt(0);
            w = next;
            yield return w;
        }
    }

    static bool Wolfe(Feed f, double[] w, double[] p, double s)
    {
        double[] at = [.. w.Zip(p, (a, b) => a + (s * b))];
        double slope = Dense.Dot(f.Problem.Gradient(w, f.Problem.All), p), there = Dense.Dot(f.Problem.Gradient(at, f.Problem.All), p);
        double now = f.Problem.Value(w, f.Problem.All);
        // Near the end the decrease is below the rounding of F.
        return Math.Abs(there) <= 0.9 * Math.Abs(slope)
            && f.Problem.Value(at, f.Problem.All) <= now + (1e-4 * s * slope) + (1e-15 * Math.Abs(now));
    }

    // B ← (I − ρsyᵀ)B(I − ρysᵀ) + ρssᵀ from B = (sᵀy/yᵀy)I of the newest pair when memory is limited, of the first when it is not.
    static double[,] Inverse(List<(double[] S, double[] Y)> pairs, int d, bool newest)
    {
        double[,] b = new double[d, d];
        double scale = pairs.Count == 0 ? 1 : Scale(pairs[newest ? ^1 : 0]);
        for (int i = 0; i < d; i++) b[i, i] = scale;
        foreach (var (s, y) in pairs)
        {
            double rho = 1 / Dense.Dot(s, y);
            double[,] left = new double[d, d];
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++) left[i, j] = (i == j ? 1 : 0) - (rho * s[i] * y[j]);
            b = Dense.Multiply(Dense.Multiply(left, b), Dense.Transpose(left));
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++) b[i, j] += rho * s[i] * s[j];
        }
        return b;
    }

    static double Scale((double[] S, double[] Y) pair) => Dense.Dot(pair.S, pair.Y) / Norms.Square(pair.Y);
}
