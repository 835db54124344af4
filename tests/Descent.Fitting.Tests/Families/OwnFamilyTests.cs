using System.Text.RegularExpressions;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Runs;

namespace Descent.Fitting.Tests.Families;

/// <summary>A family of models is an entry: this one is added here, in one file,
/// and goes the whole way from a file to a certified, printed fit.</summary>
public class OwnFamilyTests
{
    /// <summary>φ = log cosh(z − y): squares near, absolute values far, smooth everywhere.</summary>
    readonly struct LogCoshLoss : IMarginLoss
    {
        public string Name => "log-cosh";

        public double Smoothness => 1;

        // φ″ = 1 − tanh², |φ‴| = 2 |tanh| φ″ ≤ 2 φ″.
        public double SelfConcordance => 2;

        public bool IsPiecewiseLinear => false;

        public double Value(double z, double y) => Math.Abs(z - y) + Math.Log((1 + Math.Exp(-2 * Math.Abs(z - y))) / 2);

        public double Derivative(double z, double y) => Math.Tanh(z - y);

        public double Second(double z, double y) => 1 - (Math.Tanh(z - y) * Math.Tanh(z - y));

        public double Least(double y) => 0;

        // φ*(u) = u atanh(u) + ½ log(1 − u²) + uy on |u| < 1.
        public double Conjugate(double u, double y) =>
            Math.Abs(u) < 1 ? (u * Math.Atanh(u)) + (0.5 * Math.Log(1 - (u * u))) + (u * y) : double.PositiveInfinity;

        public (double Low, double High) Domain(double y) => (-1, 1);

        public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value)
        {
            for (int i = 0; i < z.Length; i++)
            {
                value[i] = Value(z[i], y[i]);
                z[i] = Derivative(z[i], y[i]);
            }
        }
    }

    sealed class LogCoshFamily() : RegressionFamily("log-cosh")
    {
        public override string NoInference => "the log-cosh loss is no log-likelihood here.";

        public override double Smoothness => default(LogCoshLoss).Smoothness;

        internal override ProofLoss? Proof => null;

        internal override string Loss => "mean of log cosh(y − x·w)";

        internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter,
            int classes) =>
            Descent.Models.Linear.Risk.Of<double, TRows, LogCoshLoss>(rows, labels, default, options);

        internal override string Describe(ModelWords words) => "log-cosh regression";

        protected override double LossOf(double r, double own) => default(LogCoshLoss).Value(r, 0);
    }

    // numpy 1.24, 50 Newton steps on np.mean(np.log(np.cosh(x*p[0]+p[1]-y))) + 0.005*p@p on iris: petal_width by petal_length.
    [Fact]
    public void It_is_fitted_certified_and_printed()
    {
        Fit fit = Fit.Of(new FitSpec(new DataSpec([Iris.Path]) { Target = "petal_width", Features = ["petal_length"] },
            new ModelSpec { Family = new LogCoshFamily(), L2 = 0.01, PenaliseIntercept = true }));
        Assert.True(fit.Outcome.Kind == OutcomeKind.Converged, fit.ToString());
        Assert.InRange(fit.Certificate.RelativeGap, 0, 1e-6);
        Assert.Equal(Slope, fit.Coefficients.Single(c => c.Name == "petal_length").Estimate, 7);
        Assert.Equal(Intercept, fit.Coefficients[0].Estimate, 7);
        Assert.Contains("log-cosh regression", fit.ToString(), StringComparison.Ordinal);
        Assert.Equal((Slope * 4) + Intercept, fit.Predict([4.0]), 6);
    }

    const double Slope = 0.4098749238, Intercept = -0.3386796590;

    // Families by name stand in their own entries, losses in theirs; nowhere else is a model compared as text. Poisson laws have two: as a
    // model of a target, and as the law of a mixture's component.
    [Fact]
    public void No_model_is_compared_as_text()
    {
        Regex names = new("\"(softmax|poisson|hinge)\"");
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(Iris.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && names.IsMatch(File.ReadAllText(f)))
                .Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(["Family.cs", "HingeFamily.cs", "HingeLoss.cs", "PoissonFamily.cs", "PoissonFamily.cs", "PoissonLoss.cs",
            "SoftmaxFamily.cs", "SoftmaxRisk.cs"], files);
    }
}
