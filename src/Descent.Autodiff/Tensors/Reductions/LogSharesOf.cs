namespace Descent.Autodiff.Operations;

/// <summary>
/// x − ln Σ eˣ over the last dimension, the ln of the softmax, from x and y = ln Σ eˣ.
/// In the limits, entries of +∞ share it equally, and in a row of −∞ alone none has a share, as in <see cref="SharesOf{T}"/>.
/// </summary>
sealed class LogSharesOf<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly LogSharesOf<T> Instance = new();

    public override string Name => "LogSoftmax";

    public static Var<T> Of(Var<T> x) => x.Tape.Apply(Instance, x, x.LogSumExp(), x.Shape);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First), y = tape.ValueOf(node.Second);
        int n = node.Shape[-1];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < n; j++) value[(i * n) + j] = x[(i * n) + j] - y[i];
            if (T.IsInfinity(y[i])) Limit(x.Slice(i * n, n), y[i], value.Slice(i * n, n));
        }
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        Var<T> y = node.Tape.At(n.Second);
        if (sink.Wants(n.First)) sink.Add(n.First, cotangent);
        if (sink.Wants(n.Second)) sink.Add(n.Second, -cotangent.SumTo(node.Shape.WithLast(1)).Reshape(y.Shape));
    }

    static void Limit(ReadOnlySpan<T> row, T top, Span<T> value)
    {
        int count = 0;
        foreach (T v in row)
            if (v == top) count++;
        T share = T.IsPositiveInfinity(top) ? -T.Log(T.CreateTruncating(count)) : T.NegativeInfinity;
        for (int j = 0; j < row.Length; j++) value[j] = row[j] == top ? share : T.IsNaN(row[j]) ? row[j] : T.NegativeInfinity;
    }
}
