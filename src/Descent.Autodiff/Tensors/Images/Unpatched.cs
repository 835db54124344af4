using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

/// <summary>Adds patches back to where they were seen; the adjoint of <see cref="Patches{T}"/>.</summary>
sealed class Unpatched<T>(Windows windows) : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly ConcurrentDictionary<Windows, Unpatched<T>> Known = new();

    public override string Name => "Convolve, adjoint";

    public static Var<T> Of(Var<T> patches, Shape images, Windows windows) =>
        patches.Tape.Apply(Known.GetOrAdd(windows, w => new Unpatched<T>(w)), patches, default, images);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        value.Clear();
        Sums sums = new(tape.ValueOf(node.First), value);
        windows.Walk(node.Shape, ref sums);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Patches<T>.Of(cotangent, windows));
    }

    readonly ref struct Sums(ReadOnlySpan<T> patches, Span<T> images) : IWindowLines
    {
        readonly ReadOnlySpan<T> patches = patches;
        readonly Span<T> images = images;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Line(int at, int before, int from, int length, int after) =>
            Vectors.AddScaled(T.One, patches.Slice(at + before, length), images.Slice(from, length));
    }
}
