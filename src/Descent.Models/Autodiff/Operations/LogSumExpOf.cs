namespace Descent.Models.Autodiff.Operations;

/// <summary>ln Σ eˣ over the last dimension; its derivative is the softmax.</summary>
sealed class LogSumExpOf<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly LogSumExpOf<T> Instance = new();

    public override string Name => "LogSumExp";

    public static Var<T> Of(Var<T> x)
    {
        if (x.Shape.Rank == 0 || x.Shape[-1] == 0) throw new ArgumentException($"LogSumExp: a last dimension of at least 1 is needed; got shape {x.Shape}.");
        return x.Tape.Apply(Instance, x, default, x.Shape.WithLast(-1));
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int n = tape.NodeAt(node.First).Shape[-1];
        for (int i = 0; i < value.Length; i++)
        {
            ReadOnlySpan<T> row = x.Slice(i * n, n);
            T top = T.NegativeInfinity, sum = T.Zero;
            foreach (T v in row) top = T.Max(top, v);
            if (!T.IsFinite(top))
            {
                value[i] = top;
                continue;
            }
            foreach (T v in row) sum += T.Exp(v - top);
            value[i] = top + T.Log(sum);
        }
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (!sink.Wants(first)) return;
        Var<T> x = node.Tape.At(first);
        Shape column = x.Shape.WithLast(1);
        sink.Add(first, cotangent.Reshape(column) * (x - node.Reshape(column)).Exp());
    }
}
