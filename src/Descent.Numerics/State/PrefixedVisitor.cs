namespace Descent.Numerics;

/// <summary>Gives the state of a part names of its own, so that a rule and an estimator may both count what they call
/// <c>taken</c>.</summary>
/// <param name="visitor">The visitor that sees the state.</param>
/// <param name="prefix">What is put before every name.</param>
public sealed class PrefixedVisitor(IStateVisitor visitor, string prefix) : IStateVisitor
{
    /// <inheritdoc/>
    public void Buffer<T>(string name, Span<T> values)
        where T : unmanaged => visitor.Buffer(prefix + name, values);

    /// <inheritdoc/>
    public void Number(string name, ref double value) => visitor.Number(prefix + name, ref value);

    /// <inheritdoc/>
    public void Number(string name, ref long value) => visitor.Number(prefix + name, ref value);

    /// <inheritdoc/>
    public void Announce<T>(string name, int length)
        where T : unmanaged => visitor.Announce<T>(prefix + name, length);
}
