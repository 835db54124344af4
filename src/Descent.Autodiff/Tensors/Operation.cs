namespace Descent.Autodiff;

/// <summary>
/// One differentiable operation: how its value is computed, and the vector–Jacobian product of each input, itself written in operations,
/// so that gradients can be differentiated again. Derive from it to add an operation; one object serves every use.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Computes the value of a node from those of its inputs.</summary>
    public abstract void Forward(Tape<T> tape, in Node<T> node, Span<T> value);

    /// <summary>Adds, for each input that needs one, the cotangent <c>(∂node/∂input)ᵀ·cotangent</c> to <paramref name="sink"/>.</summary>
    public abstract void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink);
}
