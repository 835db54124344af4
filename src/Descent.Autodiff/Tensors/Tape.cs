using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Descent.Autodiff.Operations;

namespace Descent.Autodiff;

/// <summary>
/// Reverse-mode differentiation on a dynamic graph: operations are computed as they are written and remembered in order;
/// a gradient is one sweep back over them (C 4, P 19.4), accumulated over all paths, written in operations itself,
/// so that it can be differentiated again. Any control flow; no recursion, so depth does not matter.
/// </summary>
/// <remarks>
/// Slices, permutations, transposes, reshapes and broadcasts are views: they look at the memory of their input.
/// Values lie in an arena that <see cref="Reset"/> rewinds: the same computation done again allocates nothing.
/// Cost: function and gradient together take a small multiple of the function. Not thread safe.
/// C algorithms 4 and 5 recurse once per path, which is exponential on a chain of diamonds; one reverse sweep is not.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed partial class Tape<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int BlockSize = 1 << 16;
    const nuint Line = 64;
    static readonly int PerLine = (int)Line / Unsafe.SizeOf<T>();
    readonly List<T[]> blocks = [];
    readonly List<int> starts = [];
    readonly Cotangents<T> cotangents;
    Node<T>[] nodes = new Node<T>[256];
    int block = -1, used;

    /// <summary>An empty tape; products are shared among the workers given, with the same bits for any number of them.</summary>
    /// <param name="workers">Threads that share large matrix products and copies;
    /// null for the calling one alone. The bits are the same.</param>
    public Tape(Workers? workers = null)
    {
        cotangents = new Cotangents<T>(this);
        Products = new Gemm<T> { Workers = workers };
        Copies = new SharedCopy<T>(workers);
    }

    /// <summary>Number of nodes.</summary>
    public int Count { get; private set; }

    /// <summary>Whether every value is looked at, and the first that is not a
    /// number ends the computation with the name of its operation.</summary>
    public bool FindsAnomalies { get; set; }

    /// <summary>Whether a choice (<see cref="Var{T}.Where(Var{T}, Var{T})"/>) lies on the tape,
    /// so that zero cotangents are guarded.</summary>
    internal bool HasChoices { get; set; }

    /// <summary>Matrix products with room of their own.</summary>
    internal Gemm<T> Products { get; }

    /// <summary>Copies, large ones on the same threads.</summary>
    internal SharedCopy<T> Copies { get; }

    /// <summary>Forgets all nodes and keeps the memory. Variables of before must not be used again.</summary>
    public void Reset()
    {
        Array.Clear(nodes, 0, Count);
        Count = 0;
        HasChoices = false;
        block = blocks.Count > 0 ? 0 : -1;
        used = block < 0 ? 0 : starts[0];
    }

    /// <summary>Bytes held for values.</summary>
    public long Bytes => blocks.Sum(b => (long)b.Length) * Unsafe.SizeOf<T>();

    /// <summary>A leaf with these values, copied.</summary>
    public Var<T> Leaf(ReadOnlySpan<T> values, params ReadOnlySpan<int> dimensions)
    {
        Shape shape = new(dimensions);
        if (shape.Length != values.Length)
            throw new ArgumentException($"Leaf: shape {shape} has {shape.Length} entries; got {values.Length}.");
        Var<T> v = Append(null, -1, -1, shape, 0, null, out Span<T> room);
        Copies.Copy(values, room);
        return v;
    }

    /// <summary>A leaf whose values the caller writes into <paramref name="room"/> at once.</summary>
    public Var<T> Room(out Span<T> room, params ReadOnlySpan<int> dimensions) =>
        Append(null, -1, -1, new Shape(dimensions), 0, null, out room);

    /// <summary>A scalar that no gradient flows to.</summary>
    public Var<T> Constant(double value)
    {
        Var<T> v = Append(null, -1, -1, new Shape(), 0, null, out Span<T> room);
        room[0] = T.CreateTruncating(value);
        return v;
    }

    /// <summary>Appends an operation and computes its value.</summary>
    public Var<T> Apply(Operation<T> operation, Var<T> first, Var<T> second, Shape shape, double number = 0, int[]? indices = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (first.Tape != this || (second.Tape is not null && second.Tape != this))
            throw new ArgumentException($"{operation.Name}: the inputs lie on different tapes.");
        Var<T> v = Append(operation, first.Index, second.Tape is null ? -1 : second.Index, shape, number, indices, out Span<T> room);
        operation.Forward(this, nodes[v.Index], room);
        if (FindsAnomalies)
        {
            foreach (T x in room)
                if (!T.IsFinite(x)) throw new ArithmeticException($"{operation.Name} made {x} at node {v.Index}, shape {shape}.");
        }
        return v;
    }

    /// <summary>Appends an operation whose value is its input's memory, read in another way: nothing is computed or copied.</summary>
    /// <param name="operation">The operation, for its pullback.</param>
    /// <param name="source">The tensor looked at.</param>
    /// <param name="shape">Shape of the view.</param>
    /// <param name="strides">Distances of its entries in the source's memory.</param>
    /// <param name="shift">Where its first entry lies after that of the source.</param>
    /// <param name="number">A number of the operation.</param>
    internal Var<T> View(Operation<T> operation, Var<T> source, Shape shape, Strides strides, int shift = 0, double number = 0)
    {
        EnsureNode();
        ref readonly Node<T> n = ref nodes[source.Index];
        nodes[Count] = new Node<T>(operation, source.Index, -1, shape, n.Block, n.Offset + shift, number, null, strides,
            strides.AreRowMajor(shape));
        return new Var<T>(this, Count++);
    }

    /// <summary>The gradient of a scalar by some variables, as variables on the same tape. One sweep.</summary>
    /// <param name="of">The scalar, one entry.</param>
    /// <param name="by">What it is differentiated by.</param>
    /// <param name="gradients">Receives one variable for each, of the same shape.</param>
    public void Gradient(Var<T> of, ReadOnlySpan<Var<T>> by, Span<Var<T>> gradients)
    {
        if (of.Shape.Length != 1)
            throw new ArgumentException(
                $"Gradient: a scalar is needed, with one entry; got shape {of.Shape}. Use Pullback with a cotangent.");
        Pullback(of, Constant(1).Reshape(of.Shape), by, gradients);
    }

    /// <summary>The vector–Jacobian products <c>(∂of/∂by)ᵀ·cotangent</c>, as variables on the same tape.</summary>
    public void Pullback(Var<T> of, Var<T> cotangent, ReadOnlySpan<Var<T>> by, Span<Var<T>> results)
    {
        if (cotangent.Shape != of.Shape)
            throw new ArgumentException($"Pullback: the cotangent has shape {cotangent.Shape}; expected {of.Shape}.");
        int top = Count;
        cotangents.Begin(top);
        foreach (Var<T> v in by) cotangents.Want(v.Index);
        // What depends on the variables, in order of writing.
        for (int i = 0; i < top; i++)
            if ((nodes[i].First >= 0 && cotangents.Wants(nodes[i].First)) || (nodes[i].Second >= 0 && cotangents.Wants(nodes[i].Second)))
                cotangents.Want(i);
        cotangents.Add(of.Index, cotangent);
        for (int i = of.Index; i >= 0; i--)
        {
            int c = cotangents.IndexOf(i);
            if (c >= 0 && nodes[i].Operation is { } operation) operation.Pullback(At(i), At(c), cotangents);
        }
        for (int k = 0; k < by.Length; k++)
        {
            int c = cotangents.IndexOf(by[k].Index);
            results[k] = c >= 0 ? At(c) : Zeros(by[k].Shape);
        }
    }

    /// <summary>
    /// The Jacobian–vector product <c>(∂of/∂by)·direction</c> as a variable on the same tape:
    /// forward mode by two reverse sweeps, since a pullback is linear in its cotangent.
    /// </summary>
    public Var<T> Pushforward(Var<T> of, Var<T> by, Var<T> direction)
    {
        if (direction.Shape != by.Shape)
            throw new ArgumentException($"Pushforward: the direction has shape {direction.Shape}; expected {by.Shape}.");
        Var<T>[] result = new Var<T>[1];
        Var<T> cotangent = Zeros(of.Shape);
        Pullback(of, cotangent, [by], result);
        Gradient((result[0] * direction).Sum(), [cotangent], result);
        return result[0];
    }

    /// <summary>The variable of a node.</summary>
    public Var<T> At(int index) => new(this, index);

    /// <summary>The node recorded at an index ≥ 0, in the order of recording.</summary>
    public ref readonly Node<T> NodeAt(int index) => ref nodes[index];

    /// <summary>The value of a node, row-major. A view whose entries do not lie so is copied, once.</summary>
    public ReadOnlySpan<T> ValueOf(int index)
    {
        if (!nodes[index].IsContiguous) Copy(index);
        return blocks[nodes[index].Block].AsSpan(nodes[index].Offset, nodes[index].Shape.Length);
    }

    /// <summary>The entries of a node where they lie.</summary>
    public Strided<T> StridedOf(int index)
    {
        ref readonly Node<T> n = ref nodes[index];
        return new(blocks[n.Block].AsSpan(n.Offset, n.Strides.Reach(n.Shape)), n.Shape, n.Strides);
    }

    Var<T> Zeros(Shape shape)
    {
        Var<T> v = Append(null, -1, -1, shape, 0, null, out Span<T> room);
        room.Clear();
        return v;
    }

    void Copy(int index)
    {
        Node<T> n = nodes[index];
        Strided<T> from = StridedOf(index);
        Allocate(n.Shape.Length, out Span<T> room, out int offset);
        Rows.Copy(from, room);
        nodes[index] = n with { Block = block, Offset = offset, Strides = Strides.RowMajor(n.Shape), IsContiguous = true };
    }

    Var<T> Append(Operation<T>? operation, int first, int second, Shape shape, double number, int[]? indices, out Span<T> room)
    {
        EnsureNode();
        Allocate(shape.Length, out room, out int offset);
        nodes[Count] = new Node<T>(operation, first, second, shape, block, offset, number, indices, Strides.RowMajor(shape), true);
        return new Var<T>(this, Count++);
    }

    void EnsureNode()
    {
        if (Count == nodes.Length) Array.Resize(ref nodes, 2 * nodes.Length);
    }

    // Values begin at multiples of a cache line, so that no vector lies across two.
    void AddBlock(int need)
    {
        T[] room = GC.AllocateUninitializedArray<T>(Math.Max(BlockSize, need + PerLine), true);
        int past = (int)((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) % Line);
        blocks.Add(room);
        starts.Add(past == 0 ? 0 : ((int)Line - past) / Unsafe.SizeOf<T>());
    }

    void Allocate(int need, out Span<T> room, out int offset)
    {
        while (block < 0 || used + need > blocks[block].Length)
        {
            block++;
            if (block == blocks.Count) AddBlock(need);
            used = starts[block];
        }
        offset = used;
        room = blocks[block].AsSpan(used, need);
        used += (need + PerLine - 1) / PerLine * PerLine;
    }
}
