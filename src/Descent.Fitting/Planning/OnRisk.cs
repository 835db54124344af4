using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Oracles;

namespace Descent.Fitting.Planning;

/// <summary>A method on a risk of which loss and penalty are known at run time only: what it asks for is there, or a sentence says what is
/// missing.</summary>
static class OnRisk
{
    /// <summary>The method as one that takes any risk; starting it on one that it does not fit is refused.</summary>
    /// <exception cref="FitException">No risk is what it asks for.</exception>
    public static IMethod<double, EmpiricalRisk<double>> Of(object algorithm, string name) => algorithm switch
    {
        IMethod<double, EmpiricalRisk<double>> m => m,
        IMethod<double, IPiecewiseLinearOracle<double>> m => new Adapted<IPiecewiseLinearOracle<double>>(m, risk =>
            $"`Method = {name}` does not fit `Family = {risk.Name}`."),
        IMethod<double, IDualCoordinateOracle<double>> m => new Adapted<IDualCoordinateOracle<double>>(m, _ =>
            "SDCA needs one penalty λ > 0 on every parameter, the intercept included: give `L2` with `Intercept = false` "
            + "or `PenaliseIntercept = true`. Otherwise use svrg or lbfgs."),
        IMethod<double, IRowOracle<double>> m => new Adapted<IRowOracle<double>>(m, risk =>
            $"`Method = {name}` learns from rows of one margin, and `Family = {risk.Name}` has others. Use adagrad or sgd."),
        _ => throw new FitException($"`Method = {name}` is for other objectives than those that are fitted to data."),
    };

    sealed record Adapted<TOracle>(IMethod<double, TOracle> Inner, Func<EmpiricalRisk<double>, string> Missing)
        : IMethod<double, EmpiricalRisk<double>>
        where TOracle : class
    {
        public string Recursion => Inner.Recursion;

        public Iteration<double> Start(EmpiricalRisk<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
            Inner.Start(oracle.Find<TOracle>() ?? throw new FitException(Missing(oracle)), start, draws);
    }
}
