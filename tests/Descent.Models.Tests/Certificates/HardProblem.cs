using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Models.Tests.Certificates;

/// <summary>A small problem of the campaign: data as they are, and the choices.</summary>
sealed record HardProblem(string Model, double[] X, double[] Y, double[]? Weights, double L2, double L1, bool Intercept,
    bool PenaliseIntercept, double Parameter, string Feature)
{
    /// <summary>What is added to the margins; null for nothing.</summary>
    public double[]? Offsets { get; init; }

    public int Rows => Y.Length;

    public int Columns => X.Length / Y.Length;

    public int Classes => Model == "softmax" ? 3 : 1;

    public EmpiricalRisk<double> Risk(bool sparse = false)
    {
        RiskOptions options = new()
        {
            L2 = L2,
            L1 = L1,
            Intercept = Intercept,
            PenaliseIntercept = PenaliseIntercept,
            Weights = Weights,
            Offsets = Offsets
        };
        if (Problems.Curves.Contains(Model))
            return sparse ? Curve(Problems.ToSparse(X, Rows), options) : Curve(new DenseRows<double>(X, Rows, Columns), options);
        return sparse
            ? Models.Linear.Risk.Of<double, CsrRows<double>>(Enum.Parse<LossKind>(Model, true), Problems.ToSparse(X, Rows), Y, options,
                Parameter, 3)
            : Models.Linear.Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(Model, true),
                new DenseRows<double>(X, Rows, Columns), Y,
                options, Parameter, 3);
    }

    EmpiricalRisk<double> Curve<TRows>(TRows rows, RiskOptions options)
        where TRows : struct, IRows<double> => Model switch
        {
            "gamma" => Models.Linear.Risk.Of<double, TRows, GammaLoss>(rows, Y, default, options),
            "negative-binomial" => Models.Linear.Risk.Of<double, TRows, NegativeBinomialLoss>(rows, Y, new(Parameter), options),
            "tweedie" => Models.Linear.Risk.Of<double, TRows, TweedieLoss>(rows, Y, new(Parameter), options),
            "cloglog" => Models.Linear.Risk.Of<double, TRows, ComplementaryLogLogLoss>(rows, Y, default, options),
            "probit" => Models.Linear.Risk.Of<double, TRows, ProbitLoss>(rows, Y, default, options),
            _ => Models.Linear.Risk.Of<double, TRows, LogisticLoss>(rows, Y, default, options),
        };

    public override string ToString() =>
        FormattableString.Invariant($"{Model}, {Feature}, n {Rows}, d {Columns}, λ {L2:G3}, λ₁ {L1:G3}, ")
            + FormattableString.Invariant($"intercept {Intercept}{(PenaliseIntercept ? " penalised" : "")}");
}
