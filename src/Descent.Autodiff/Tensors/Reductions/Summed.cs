namespace Descent.Autodiff.Operations;

/// <summary>Sums over broadcast dimensions; the adjoint of <see cref="Expanded{T}"/>.</summary>
sealed class Summed<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Row = 256;
    static readonly Summed<T> Instance = new();

    public override string Name => "SumTo";

    public static Var<T> Of(Var<T> x, Shape shape)
    {
        if (x.Shape == shape) return x;
        if (Shape.Broadcast(x.Shape, shape, "SumTo") != x.Shape)
            throw new ArgumentException($"SumTo: shape {x.Shape} cannot be summed to {shape}.");
        return x.Tape.Apply(Instance, x, default, shape);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        Shape from = tape.NodeAt(node.First).Shape;
        if (value.Length == 1)
        {
            value[0] = Vectors.Sum(tape.ValueOf(node.First));
            return;
        }
        value.Clear();
        if (Tail(node.Shape, from) && tape.NodeAt(node.First).IsContiguous)
        {
            ReadOnlySpan<T> x = tape.ValueOf(node.First);
            // Many short rows are summed side by side, and what lies side by side in the end.
            int side = value.Length * Math.Max(1, Row / value.Length), done = 0;
            if (side > value.Length && x.Length >= 2 * side)
            {
                Span<T> sums = stackalloc T[Row];
                sums = sums[..side];
                sums.Clear();
                for (; done + side <= x.Length; done += side) Vectors.AddScaled(T.One, x.Slice(done, side), sums);
                for (int i = 0; i < side; i += value.Length) Vectors.AddScaled(T.One, sums.Slice(i, value.Length), value);
            }
            for (int i = done; i < x.Length; i += value.Length) Vectors.AddScaled(T.One, x.Slice(i, value.Length), value);
            return;
        }
        Sum(tape.StridedOf(node.First), Strides.RowMajor(node.Shape).Stretch(node.Shape, from), value);
    }

    // Row by row: a row that is summed to one entry, a row added to a row, or entry by entry.
    static void Sum(Strided<T> x, Strides to, Span<T> value)
    {
        Rows rows = new(x.Shape, x.Strides, to);
        int n = rows.Length, step = rows.StepA, move = rows.StepB;
        for (int r = 0; r < rows.Count; r++, rows.Next())
        {
            ReadOnlySpan<T> row = x.Memory[rows.A..];
            if (step == 1 && move == 0) value[rows.B] += Vectors.Sum(row[..n]);
            else if (step == 1 && move == 1) Vectors.AddScaled(T.One, row[..n], value.Slice(rows.B, n));
            else
                for (int i = 0; i < n; i++) value[rows.B + (i * move)] += row[i * step];
        }
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first)) sink.Add(first, cotangent.BroadcastTo(node.Tape.NodeAt(first).Shape));
    }

    static bool Tail(Shape to, Shape from)
    {
        if (to.Length == 0) return false;
        for (int i = 1; i <= to.Rank; i++)
            if (to[-i] != from[-i]) return false;
        return true;
    }
}
