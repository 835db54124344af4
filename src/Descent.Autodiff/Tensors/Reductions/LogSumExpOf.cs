namespace Descent.Autodiff.Operations;

/// <summary>ln Σ eˣ over the last dimension; its derivative is the softmax.</summary>
sealed class LogSumExpOf<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly LogSumExpOf<T> Instance = new();

    public override string Name => "LogSumExp";

    public static Var<T> Of(Var<T> x)
    {
        if (x.Shape.Rank == 0 || x.Shape[-1] == 0)
            throw new ArgumentException($"LogSumExp: a last dimension of at least 1 is needed; got shape {x.Shape}.");
        return x.Tape.Apply(Instance, x, default, x.Shape.WithLast(-1));
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int n = tape.NodeAt(node.First).Shape[-1];
        // Several rows' exponentials at a time: one call for short rows, several for long ones.
        const int Room = 1024;
        Span<T> scratch = stackalloc T[Room];
        int rows = Math.Max(1, Room / n);
        for (int first = 0; first < value.Length; first += rows)
        {
            int take = Math.Min(rows, value.Length - first);
            if (n > Room)
            {
                value[first] = Long(x.Slice(first * n, n), scratch);
                continue;
            }
            Span<T> e = scratch[..(take * n)], tops = value.Slice(first, take);
            for (int i = 0; i < take; i++)
            {
                ReadOnlySpan<T> row = x.Slice((first + i) * n, n);
                tops[i] = Top(row);
                for (int j = 0; j < n; j++) e[(i * n) + j] = row[j] - tops[i];
            }
            ElementaryFunctions.Exp(e, e);
            for (int i = 0; i < take; i++)
            {
                T sum = T.Zero;
                for (int j = 0; j < n; j++) sum += e[(i * n) + j];
                if (T.IsFinite(tops[i])) tops[i] += T.Log(sum);
            }
        }
    }

    static T Top(ReadOnlySpan<T> row)
    {
        T top = T.NegativeInfinity;
        foreach (T v in row) top = T.Max(top, v);
        return top;
    }

    static T Long(ReadOnlySpan<T> row, Span<T> scratch)
    {
        T top = Top(row), sum = T.Zero;
        if (!T.IsFinite(top)) return top;
        for (int from = 0; from < row.Length; from += scratch.Length)
        {
            Span<T> e = scratch[..Math.Min(scratch.Length, row.Length - from)];
            for (int j = 0; j < e.Length; j++) e[j] = row[from + j] - top;
            ElementaryFunctions.Exp(e, e);
            foreach (T v in e) sum += v;
        }
        return top + T.Log(sum);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (!sink.Wants(first)) return;
        Var<T> x = node.Tape.At(first);
        Shape column = x.Shape.WithLast(1);
        sink.Add(first, Guarded.Times(cotangent.Reshape(column), SharesOf<T>.Of(x, node)));
    }
}
