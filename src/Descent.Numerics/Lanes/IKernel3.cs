using System.Numerics;

namespace Descent.Numerics;

/// <summary>An elementwise formula over an iterate, a gradient and three state vectors.</summary>
/// <typeparam name="T">Element type.</typeparam>
public interface IKernel3<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Updates one lane of <paramref name="w"/> and of the
    /// states <paramref name="s"/>, <paramref name="u"/> and <paramref name="x"/>.</summary>
    void Invoke<V>(ref V w, V g, ref V s, ref V u, ref V x)
        where V : struct, ILane<V, T>;
}
