namespace Descent.Algorithms;

/// <summary>A method: an immutable description. <c>in</c>:
/// a method that asks for less can be used on an objective that offers more.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TOracle">What the method needs to ask.</typeparam>
public interface IMethod<T, in TOracle> : IDescribed
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Starts an iteration; all buffers are made here.</summary>
    /// <param name="oracle">The objective.</param>
    /// <param name="start">First iterate, length d; it is copied.</param>
    /// <param name="draws">Random numbers of this run.</param>
    Iteration<T> Start(TOracle oracle, ReadOnlySpan<T> start, Draws draws);
}
