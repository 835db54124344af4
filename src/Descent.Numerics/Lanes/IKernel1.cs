using System.Numerics;

namespace Descent.Numerics;

/// <summary>An elementwise formula over an iterate, a gradient and one state vector.</summary>
/// <typeparam name="T">Element type.</typeparam>
public interface IKernel1<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Updates one lane of <paramref name="w"/> and of the state <paramref name="s"/>.</summary>
    void Invoke<V>(ref V w, V g, ref V s)
        where V : struct, ILane<V, T>;
}
