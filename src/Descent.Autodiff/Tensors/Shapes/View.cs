namespace Descent.Autodiff.Operations;

/// <summary>An operation whose value is its input's memory, read in another way.</summary>
abstract class View<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public sealed override void Forward(Tape<T> tape, in Node<T> node, Span<T> value) => Rows.Copy(tape.StridedOf(node.First), value);
}
