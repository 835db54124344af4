using Descent.Oracles;

namespace Descent.Runs;

/// <summary>Problems with their types inferred: <c>Problem.Of(oracle).Minimize(Methods.Adam(0.1))</c>.</summary>
public static class Problem
{
    /// <summary>An objective in double precision.</summary>
    /// <typeparam name="TOracle">The objective's type, with all that it can be asked; inferred.</typeparam>
    public static Problem<double, TOracle> Of<TOracle>(TOracle oracle)
        where TOracle : IOracle => new(oracle);

    /// <summary>An objective in single precision.</summary>
    /// <typeparam name="TOracle">The objective's type, with all that it can be asked; inferred.</typeparam>
    public static Problem<float, TOracle> OfSingle<TOracle>(TOracle oracle)
        where TOracle : IOracle => new(oracle);
}
