using System.Numerics;

namespace Descent.Numerics;

/// <summary>An elementwise formula over an iterate <c>w</c> and a gradient <c>g</c>.</summary>
/// <typeparam name="T">Element type.</typeparam>
public interface IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Updates one lane of <paramref name="w"/>.</summary>
    void Invoke<V>(ref V w, V g)
        where V : struct, ILane<V, T>;
}
