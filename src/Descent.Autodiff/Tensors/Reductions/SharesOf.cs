namespace Descent.Autodiff.Operations;

/// <summary>
/// The derivative of ln Σ eˣ by x, <c>e^(x − y)</c> with y the value: the softmax.
/// In the limits, entries of +∞ share it equally, and a row of −∞ alone has none.
/// </summary>
sealed class SharesOf<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly SharesOf<T> Instance = new();

    public override string Name => "LogSumExp, derivative";

    public static Var<T> Of(Var<T> x, Var<T> y) => x.Tape.Apply(Instance, x, y, x.Shape);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First), y = tape.ValueOf(node.Second);
        int n = node.Shape[-1];
        for (int i = 0; i < y.Length; i++)
            for (int j = 0; j < n; j++) value[(i * n) + j] = x[(i * n) + j] - y[i];
        ElementaryFunctions.Exp<T>(value, value);
        for (int i = 0; i < y.Length; i++)
            if (T.IsInfinity(y[i])) Limit(x.Slice(i * n, n), y[i], value.Slice(i * n, n));
    }

    // ∂(s·c)/∂x = s⊙c, and minus its sum by y.
    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        Var<T> part = Guarded.Times(cotangent, node), y = node.Tape.At(n.Second);
        if (sink.Wants(n.First)) sink.Add(n.First, part);
        if (sink.Wants(n.Second)) sink.Add(n.Second, -part.SumTo(node.Shape.WithLast(1)).Reshape(y.Shape));
    }

    static void Limit(ReadOnlySpan<T> row, T top, Span<T> shares)
    {
        int count = 0;
        foreach (T v in row)
            if (v == top) count++;
        T share = T.IsPositiveInfinity(top) ? T.One / T.CreateTruncating(count) : T.Zero;
        for (int j = 0; j < row.Length; j++) shares[j] = row[j] == top ? share : T.Zero;
    }
}
