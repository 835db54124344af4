namespace Descent.Autodiff.Compiled;

// Steps over the columns of a block.
sealed partial class Plan<T>
{
    readonly Columns<T> loops = Columns<T>.Widest;

    // y_j = Σ_k x_k W[k, j]: rows are the lanes.
    void Linear(PlanStep s, ReadOnlySpan<T> w, int n)
    {
        PlanStep x = steps[s.A];
        int start = steps[s.B].Start, width = s.Width, inner = x.Width;
        for (int j = 0; j < width; j++)
        {
            int at = start + (s.Flag ? j * inner : j), step = s.Flag ? 1 : width;
            loops.Product(ref values[x.Start * Block], Block, inner, w, at, step, s.Bias < 0 ? T.Zero : w[s.Bias + j], Values(s, j, n));
        }
    }

    void BackLinear(PlanStep s, ReadOnlySpan<T> w, int n)
    {
        PlanStep x = steps[s.A];
        int start = steps[s.B].Start, width = s.Width, inner = x.Width;
        bool through = Open(s.A, n);
        for (int j = 0; s.Bias >= 0 && j < width; j++) gradient[s.Bias + j] += loops.Total(Cotangents(s, j, n));
        for (int k = 0; k < inner; k++)
        {
            for (int j = 0; j < width; j++)
            {
                int at = start + (s.Flag ? (j * inner) + k : (k * width) + j);
                gradient[at] += loops.Pull(Cotangents(s, j, n), Values(x, k, n), w[at], Cotangents(x, k, n), through);
            }
        }
    }

    void Combine(PlanStep s, ReadOnlySpan<T> w, int f, int n)
    {
        PlanStep a = steps[s.A], b = steps[s.B];
        Span<T> y = Values(s, f, n);
        LanePair<T> pair = (LanePair<T>)s.Function!;
        if (!a.IsRow) y.Fill(Same(a, f, w));
        loops.Pairwise(pair, a.IsRow ? Values(a, f, n) : y, Of(b, f, w, n), y);
    }
}
