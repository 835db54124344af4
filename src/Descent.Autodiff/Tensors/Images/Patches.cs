using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

/// <summary>
/// The patches that a window sees on images of shape (n, height, width, channels), one row a position,
/// so that a convolution is a matrix product. The adjoint is <see cref="Unpatched{T}"/>.
/// </summary>
sealed class Patches<T>(Windows windows) : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly ConcurrentDictionary<Windows, Patches<T>> Known = new();

    public override string Name => "Convolve";

    public static Var<T> Of(Var<T> x, Windows windows) =>
        x.Tape.Apply(Known.GetOrAdd(windows, w => new Patches<T>(w)), x, default, windows.Patches(x.Shape));

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        Copies copies = new(tape.ValueOf(node.First), value);
        windows.Walk(tape.NodeAt(node.First).Shape, ref copies);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Unpatched<T>.Of(cotangent, node.Tape.NodeAt(n.First).Shape, windows));
    }

    readonly ref struct Copies(ReadOnlySpan<T> images, Span<T> patches) : IWindowLines
    {
        readonly ReadOnlySpan<T> images = images;
        readonly Span<T> patches = patches;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Line(int at, int before, int from, int length, int after)
        {
            if (before > 0) patches.Slice(at, before).Clear();
            images.Slice(from, length).CopyTo(patches[(at + before)..]);
            if (after > 0) patches.Slice(at + before + length, after).Clear();
        }
    }
}
