using Descent.Algorithms;
using Descent.Oracles;

namespace Descent.Runs;

/// <summary>An objective to be minimised. Fixing it first lets the compiler say in one line which capability a method misses.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TOracle">The objective's type, with all that it can be asked.</typeparam>
public sealed class Problem<T, TOracle>(TOracle oracle)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOracle : IOracle
{
    /// <summary>The objective.</summary>
    public TOracle Oracle { get; } = oracle;

    /// <summary>Runs a method: the only loop there is. The same options give the same bits.</summary>
    public RunResult<T> Minimize(IMethod<T, TOracle> method, RunOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        options ??= new RunOptions<T>();
        T[] start = options.Start.Length > 0 ? options.Start.ToArray() : new T[Oracle.Dimension];
        Guard.Length("The start", Oracle.Dimension, start.Length);
        long begun = options.Clock.GetTimestamp(), before = Oracle.Meter.Gradients;
        Iteration<T> iteration = method.Start(Oracle, start, new Draws(options.Seed));
        return new RunLoop<T>(Oracle, iteration, options, before, options.Clock.GetElapsedTime(begun)).Go();
    }
}
