namespace Descent.Estimators;

/// <summary>How the gradient at a point is estimated. <typeparamref name="TOracle"/> says what it needs to ask.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TOracle">Capability needed.</typeparam>
public interface IEstimator<T, in TOracle>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes the estimation of one run, with its buffers.</summary>
    Estimation<T> Start(TOracle oracle, Draws draws);
}
