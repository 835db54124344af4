using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

/// <summary>Kinds of problems on which a certificate was once wrong or missing, with optima by rational arithmetic or from R.</summary>
public class KindTests
{
    public static TheoryData<string, string, bool, double> Optima => new()
    {
        // Optima by rational arithmetic or Newton's method with 50 digits.
        { "c696.csv", "linear", false, 0.40989211972962925 },
        { "c641.csv", "logistic", true, 0.292215 },
        { "c224.csv", "linear", true, 0.134682 },
        { "sep.csv", "logistic", true, 0 },
    };

    [Theory]
    [MemberData(nameof(Optima))]
    public void The_bound_lies_at_the_known_optimum(string file, string model, bool intercept, double optimum)
    {
        HardProblem problem = DataFiles.Csv(file, model, intercept);
        EmpiricalRisk<double> risk = problem.Risk();
        Iteration<double> run = Methods.Newton().Start(risk, new double[risk.Dimension], new Draws(1));
        run.Advance(60);
        Certificate c = new RiskCertifier<double>(risk).Certify(run.Point, default, true);
        Assert.InRange(c.LowerBound, optimum - 1e-6, optimum + 6e-7);
        Assert.True(c.Gap >= c.Value - optimum - 6e-7, c.ToString());
    }

    // Setosa is separated from the others: inf F = 0.0396618226 is not attained, and 8 of the 10 parameters have no finite value.
    [Fact]
    public void An_infimum_that_is_not_attained_is_certified()
    {
        string[][] rows = [.. File.ReadLines(DataFiles.PathOf("../../../../samples/iris.csv")).Skip(1).Where(l => l.Length > 0)
            .Select(l => l.Split(','))];
        string[] species = [.. rows.Select(r => r[4]).Distinct()];
        double[] x = [.. rows.SelectMany(r => r[..4]).Select(t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture))],
            y = [.. rows.Select(r => (double)Array.IndexOf(species, r[4]))];
        EmpiricalRisk<double> risk = Problems.Dense("softmax", x, y, new RiskOptions());
        foreach (int steps in new[] { 12, 25, 40 })
        {
            Iteration<double> run = Methods.Newton().Start(risk, new double[risk.Dimension], new Draws(1));
            run.Advance(steps);
            Certificate c = new RiskCertifier<double>(risk).Certify(run.Point, default, true);
            Assert.InRange(c.LowerBound, 0.0396618226 * (1 - 1e-7), 0.03966182265);
        }
    }

    [Fact]
    public void Problems_that_had_false_certificates()
    {
        ulong seed = 0;
        foreach (HardProblem problem in DataFiles.Lines("problems.jsonl"))
        {
            Campaign campaign = Campaign.Of(problem, ++seed);
            Assert.True(campaign.Faults.Count == 0, string.Join('\n', campaign.Faults.Take(3)));
            Assert.True(campaign.AtOptimum.All(e => e.Excess <= 1e-9), campaign.AtOptimum[0].ToString());
        }
    }

    [Theory]
    [InlineData("c224.csv", "linear")]
    [InlineData("c704.csv", "linear")]
    [InlineData("c840.csv", "linear")]
    [InlineData("c714.csv", "softmax")]
    [InlineData("c1891.csv", "poisson")]
    [InlineData("hugelog.csv", "logistic")]
    [InlineData("poly.csv", "linear")]
    [InlineData("poiszero.csv", "poisson")]
    public void Files_that_had_false_certificates(string file, string model)
    {
        foreach (bool intercept in new[] { false, true })
        {
            Campaign campaign = Campaign.Of(DataFiles.Csv(file, model, intercept), 11);
            Assert.True(campaign.Faults.Count == 0, string.Join('\n', campaign.Faults.Take(3)));
        }
    }

    [Theory]
    [InlineData("gap.svm", "linear")]
    [InlineData("cc.csv", "linear")]
    [InlineData("const.csv", "linear")]
    [InlineData("constlog.csv", "logistic")]
    [InlineData("dup.csv", "linear")]
    [InlineData("col.csv", "linear")]
    public void Zero_constant_and_repeated_columns_keep_their_certificate(string file, string model)
    {
        HardProblem problem = file.EndsWith("svm", StringComparison.Ordinal)
            ? DataFiles.Svm(file, model)
            : DataFiles.Csv(file, model, true);
        EmpiricalRisk<double> risk = problem.Risk();
        double h = Models.Constants.ConstantsOf.Risk(risk).Smoothness.Value;
        Truth truth = new(problem);
        foreach (IMethod<double, EmpiricalRisk<double>> method in (IMethod<double, EmpiricalRisk<double>>[])[Methods.Newton(),
            Methods.LBfgs(), Methods.Fista(new StepSizes.Constant(1 / h)), Methods.GradientDescent(new StepSizes.Constant(1 / h))])
        {
            RunOptions<double> options = new()
            {
                Start = new double[risk.Dimension],
                MaxSteps = 20000,
                GapTolerance = 1e-6,
                AccuracyAsked = true,
                Certifier = new RiskCertifier<double>(risk),
            };
            RunResult<double> run = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(method, options);
            Assert.True(run.Outcome.Kind == OutcomeKind.Converged, $"{method}: {run.Outcome.Sentence}");
            Assert.InRange(run.Certificate!.RelativeGap, 0, 1e-6);
            Assert.True(run.Certificate.Gap >= (truth.Value(run.Point) - truth.Best).Head, run.Certificate.ToString());
        }
    }

    // A column that differs from twice another by the rounding of its digits: the certificate says for which w it holds.
    [Fact]
    public void A_column_that_repeats_another_but_for_rounding_is_said()
    {
        Draws draws = new(4);
        double[] x = new double[40], y = new double[20];
        for (int i = 0; i < 20; i++)
        {
            x[2 * i] = draws.NextNormal();
            x[(2 * i) + 1] = 0.3 * x[2 * i];
            y[i] = x[2 * i] + draws.NextNormal();
        }
        EmpiricalRisk<double> risk = Problems.Dense("linear", x, y, new RiskOptions());
        Certificate c = new RiskCertifier<double>(risk).Certify(new double[3], default, true);
        Assert.Contains("for all w with parameter", c.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(300)]
    [InlineData(2000)]
    public void Far_out_on_separable_data_the_gap_is_F(double far)
    {
        EmpiricalRisk<double> risk = DataFiles.Csv("sep.csv", "logistic", false).Risk();
        Certificate c = new RiskCertifier<double>(risk).Certify([far], default, true);
        Assert.InRange(c.Gap, c.Value, c.Value + 1e-280 + (1e-13 * c.Value));
    }

    [Fact]
    public void Slopes_of_softmax_keep_their_digits_in_the_tail()
    {
        EmpiricalRisk<double> risk = Problems.Dense("softmax", [1, -1, 0.5], [0, 1, 2], new RiskOptions { L2 = 1, Intercept = false });
        double[] u = new double[3], z = [60, -20, 0];
        double loss = risk.LossAt(0, z, u), rest = Math.Exp(-80) + Math.Exp(-60);
        Assert.Equal(1, loss / rest, 1e-14);
        Assert.Equal(1, u[0] / -rest, 1e-14);
        Assert.Equal(1, u[2] / Math.Exp(-60), 1e-14);
    }

    [Fact]
    public void The_allowance_is_part_of_the_gap()
    {
        var (x, y) = Problems.Data("logistic", 60, 3, 3);
        EmpiricalRisk<double> risk = Problems.Dense("logistic", x, y, new RiskOptions { L2 = 0.1 });
        Certificate far = new RiskCertifier<double>(risk).Certify([3, -2, 1, 0], default, false);
        Assert.InRange(far.Allowance, 1e-17, 1e-12);
        Assert.True(far.Allowance < 1e-9 * far.Gap);
    }
}
