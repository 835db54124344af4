using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Operations;

/// <summary>A tensor where another of the same shape is positive, zero elsewhere: the rectifier's pullback.
/// Linear in the first; by the second its derivative is zero.</summary>
sealed class Gated<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Gated<T> Instance = new();

    public override string Name => "Relu, derivative";

    public static Var<T> Of(Var<T> c, Var<T> x) => c.Tape.Apply(Instance, c, x, x.Shape);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> c = tape.ValueOf(node.First), x = tape.ValueOf(node.Second);
        int i = 0, lanes = Vector512<T>.Count;
        Vector512<T> zero = Vector512<T>.Zero;
        ref T from = ref MemoryMarshal.GetReference(c);
        ref T gate = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(value);
        for (; i + lanes <= value.Length; i += lanes)
            Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref gate, (nuint)i), zero),
                Vector512.LoadUnsafe(ref from, (nuint)i), zero).StoreUnsafe(ref to, (nuint)i);
        for (; i < value.Length; i++) value[i] = x[i] > T.Zero ? c[i] : T.Zero;
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Of(cotangent, node.Tape.At(n.Second)));
    }
}
