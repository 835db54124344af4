using System.Numerics;

namespace Descent.Numerics;

/// <summary>An elementwise formula over an iterate, a gradient and two state vectors.</summary>
/// <typeparam name="T">Element type.</typeparam>
public interface IKernel2<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Updates one lane of <paramref name="w"/> and of the states <paramref name="s"/> and <paramref name="u"/>.</summary>
    void Invoke<V>(ref V w, V g, ref V s, ref V u)
        where V : struct, ILane<V, T>;
}
