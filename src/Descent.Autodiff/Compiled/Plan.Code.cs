namespace Descent.Autodiff.Compiled;

// Plans that run often become code.
sealed partial class Plan<T>
{
    const int Warm = 64;
    T[] seed = [], parameters = [];
    BlockKernel<T>? value, valueAndGradient;
    int blocks;

    /// <summary>Whether the plan runs as generated code by now.</summary>
    public bool IsGenerated => valueAndGradient is not null;

    BlockKernel<T>? Code(bool differentiate)
    {
        if (!mayGenerate) return null;
        if (blocks <= Warm && blocks++ == Warm) Generate();
        return differentiate ? valueAndGradient : value;
    }

    // Once, after some blocks: a fit that ends before does not wait for the compiler.
    void Generate()
    {
        if (!GeneratedCode.IsPossible) return;
        valueAndGradient = Emitter<T>.Emit(steps, total, Block, true);
        if (valueAndGradient is null) return;
        value = Emitter<T>.Emit(steps, total, Block, false);
        (seed, parameters) = (new T[Block], new T[gradient.Length]);
    }

    void Run(BlockKernel<T> code, ReadOnlySpan<T> w, ReadOnlySpan<int> rows, int n)
    {
        w.CopyTo(parameters);
        seed.AsSpan(0, rows.Length).Fill(T.CreateTruncating(total.Scale));
        seed.AsSpan(rows.Length).Clear();
        foreach (PlanStep s in steps)
        {
            if (s.Kind == PlanKind.Input) Load(s, (T[])s.Source!, rows, n);
            else if (s.Kind == PlanKind.Pick) LoadLabels(s, (int[])s.Source!, rows, n);
        }
        code(values, seed, parameters, gradient, n);
    }

    void LoadLabels(PlanStep s, int[] labels, ReadOnlySpan<int> rows, int n)
    {
        Span<T> column = Values(s, 0, n);
        for (int k = 0; k < n; k++) column[k] = T.CreateTruncating(labels[rows[Math.Min(k, rows.Length - 1)]]);
    }
}
