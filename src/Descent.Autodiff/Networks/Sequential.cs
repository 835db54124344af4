using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>Layers one after another. The block of parameter p of layer k is named <c>k.p</c>, k from 1.</summary>
public sealed class Sequential : INetwork
{
    readonly ILayer[] layers;
    readonly Shape inputs;
    readonly (int First, int Count)[] own;
    readonly LayerBlock[] blocks;

    // Of the batch norms, for evaluation; null before they are measured.
    readonly ChannelMoments?[] moments;

    /// <summary>A network for examples of a shape.</summary>
    /// <param name="inputs">Shape of an example, without the rows of a batch.</param>
    /// <param name="layers">The layers, first to last.</param>
    public Sequential(Shape inputs, params ReadOnlySpan<ILayer> layers)
    {
        if (layers.Length == 0) throw new ArgumentException("A network needs at least one layer.");
        this.layers = layers.ToArray();
        this.inputs = inputs;
        own = new (int, int)[layers.Length];
        moments = new ChannelMoments?[layers.Length];
        List<LayerBlock> all = [];
        List<Block> named = [];
        Shape at = inputs;
        int offset = 0;
        for (int k = 0; k < layers.Length; k++)
        {
            IReadOnlyList<LayerBlock> mine = layers[k].Blocks(at);
            own[k] = (all.Count, mine.Count);
            foreach (LayerBlock b in mine)
            {
                named.Add(new Block($"{k + 1}.{b.Name}", offset, b.Rows, b.Columns, b.IsWeight));
                all.Add(b);
                offset += b.Rows * b.Columns;
            }
            at = layers[k].Outputs(at);
        }
        blocks = [.. all];
        Layout = new BlockLayout([.. named]);
        Outputs = at.Length;
    }

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public int Inputs => inputs.Length;

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public string Description => $"{inputs} → " + string.Join(" → ", layers.Select(l => l.Description));

    /// <inheritdoc/>
    public T[] Initialise<T>(Draws draws, Initialisation how)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(draws);
        T[] w = new T[Layout.Length];
        for (int k = 0; k < blocks.Length; k++)
        {
            Block b = Layout.Blocks[k];
            for (int i = 0; i < b.Length; i++)
                w[b.Offset + i] =
                    T.CreateTruncating(blocks[k].IsWeight ? NetworkObjective.Draw(draws, how, b.Rows, b.Columns) : blocks[k].Start);
        }
        return w;
    }

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(Parameters<T> w, Var<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(w);
        return Through(w, x, layers.Length).Reshape(new Shape(x.Shape[0], Outputs));
    }

    /// <summary>Measures the moments that batch norms use in evaluation:
    /// layer after layer over the rows, which is one evaluation a batch norm.</summary>
    /// <param name="w">Parameters, d numbers.</param>
    /// <param name="rows">Rows, <paramref name="count"/> × inputs.</param>
    /// <param name="count">Number of rows ≥ 1.</param>
    public void Calibrate<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> rows, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Chunk = 256;
        if (count < 1 || rows.Length < (long)count * Inputs)
            throw new ArgumentException(
                $"Calibrate: {count} rows of {Inputs} numbers are needed, at least one; got {rows.Length} numbers.");
        for (int k = 0; k < layers.Length; k++)
        {
            if (layers[k] is not BatchNorm norm) continue;
            ChannelMoments measured = new(norm.Blocks(At(k))[0].Columns);
            Parameters<T> parameters = new(Layout);
            for (int first = 0; first < count; first += Chunk)
            {
                int take = Math.Min(Chunk, count - first);
                parameters.Bind(w);
                measured.Add(Through(parameters, parameters.Tape.Leaf(rows.Slice(first * Inputs, take * Inputs), take, Inputs), k).Value);
            }
            moments[k] = measured;
        }
    }

    Shape At(int layer)
    {
        Shape at = inputs;
        for (int k = 0; k < layer; k++) at = layers[k].Outputs(at);
        return at;
    }

    Var<T> Through<T>(Parameters<T> w, Var<T> x, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<int> sizes = stackalloc int[Shape.MostDimensions];
        sizes[0] = x.Shape[0];
        for (int i = 0; i < inputs.Rank; i++) sizes[i + 1] = inputs[i];
        Var<T> h = x.Reshape(new Shape(sizes[..(inputs.Rank + 1)]));
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<Var<T>> mine = w.All.Slice(own[k].First, own[k].Count);
            h = !w.Pass.IsTraining && moments[k] is { } measured && layers[k] is BatchNorm norm
                ? norm.Evaluate(mine, h, measured)
                : layers[k].Evaluate(mine, h, w.Pass.For(k));
        }
        return h;
    }
}
