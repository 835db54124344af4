using Descent.Algorithms;
using Descent.Models.Generalised;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Runs;

namespace Descent.Models.Tests.Generalised;

using Case = (Family Family, Link Link, double[] Y, double[][] X,
    double[]? Weights, double[] Coefficients, double[] Errors, double Deviance);

/// <summary>
/// Fisher scoring with any link against R 4.5's <c>glm(…, control = glm.control(epsilon = 1e-15, maxit = 2000))</c>:
/// coefficients, deviance, and standard errors with the dispersion 1
/// (<c>sqrt(diag(summary(fit, dispersion = 1)$cov.unscaled))</c>) on the data below.
/// </summary>
public class FisherScoringTests
{
    static readonly double[] X1 = [0.5, -1.2, 0.3, 1.7, -0.4, 0.9, -0.8, 2.1, 0.0, -1.5, 1.1, 0.6, -0.3, 1.4, -0.9, 0.2, -1.9, 0.8, 1.9,
        -0.6, 0.4, -0.1, 1.2, -1.1];
    static readonly double[] X2 = [1.0, 0.2, -0.7, 0.5, 1.3, -1.1, 0.4, -0.2, 0.9, 1.6, -1.4, 0.1, -0.5, 0.7, -0.9, 1.2, 0.3, -1.6, 0.8,
        -0.3, 1.5, -0.8, 0.6, -1.2];
    static readonly double[] XP = [.. X1.Select(x => x + 1.9 + 0.3)], XQ = [.. X2.Select(x => x + 1.6 + 0.2)];
    static readonly double[] Binary = [1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1];
    static readonly double[] Counts = [3, 1, 2, 7, 1, 4, 0, 9, 2, 1, 3, 5, 1, 6, 0, 3, 0, 2, 8, 1, 4, 2, 5, 1];
    static readonly double[] Sizes = [2.1, 0.9, 1.3, 3.6, 1.2, 1.9, 0.6, 4.4, 1.5, 0.8, 1.6, 2.4, 0.9, 3.3, 0.5, 1.8, 0.6, 1.2, 4.1, 0.9,
        2.3, 1.1, 2.6, 0.7];
    static readonly double[] Trials = [1, 2, 1, 3, 1, 1, 2, 1, 1, 1, 4, 1, 1, 2, 1, 1, 1, 3, 1, 1, 2, 1, 1, 1];
    static readonly double[] Proportions = [1, 0.5, 1, 2.0 / 3, 0, 1, 0.5, 1, 0, 0, 0.75, 1, 1, 0.5, 0, 0, 0, 1.0 / 3, 1, 0, 1, 0, 1, 1];

    static readonly Dictionary<string, Case> Cases = new()
    {
        ["binomial logit"] = (Family.Binomial, Link.Logit, Binary, [X1, X2], null,
            [1.9446899636313946, -0.2963234833667130, -0.0269186587620602], [0.771726797827, 0.587150513483, 0.560483300343],
            20.3500939365224),
        ["binomial probit"] = (Family.Binomial, Link.Probit, Binary, [X1, X2], null,
            [1.1267134548753945, -0.1601399702842754, -0.0171388683136916], [0.399696321921, 0.333566158874, 0.320854531752],
            20.3138434750982),
        ["binomial cloglog"] = (Family.Binomial, Link.CLogLog, Binary, [X1, X2], null,
            [1.3796030921245730, 0.0324294652309479, -0.5448457590882270], [0.535337697324, 0.347695769068, 0.407401638866],
            20.0051142816344),
        ["binomial cauchit"] = (Family.Binomial, Link.Cauchit, Binary, [X1, X2], null,
            [2.952458309045695, -0.492426887197823, -0.122004685094191], [2.048965118448, 0.811579502245, 0.751981020038],
            20.1976895570223),
        ["binomial log"] = (Family.Binomial, Link.Log, Binary, [XQ], null, [-0.0932991685593487, -0.4401333952569450],
            [0.196479329275, 0.384957950710], 32.8564686558388),
        ["proportions probit"] = (Family.Binomial, Link.Probit, Proportions, [X1, X2], Trials,
            [0.4697414686829727, -0.0159200722185085, 0.0275449100089718], [0.221150010495, 0.220303839576, 0.233207003005],
            22.421802924109),
        ["proportions cloglog"] = (Family.Binomial, Link.CLogLog, Proportions, [X1, X2], Trials,
            [0.51316761595731175, -0.00105981523023189, -0.37278657183787184], [0.248706924012, 0.230586504190, 0.281339022721],
            22.4837696432322),
        ["poisson log"] = (Family.Poisson, Link.Log, Counts, [X1, X2], null, [0.790050684666545, 0.169856451894340, 0.575197693348411],
            [0.128890524724, 0.141578598341, 0.177892513168], 7.4872844343221),
        ["poisson sqrt"] = (Family.Poisson, Link.Sqrt, Counts, [X1, X2], null, [0.642004537595181, 0.145567447335772, 1.442512168334784],
            [0.0951040950773, 0.1090827615355, 0.1041154119555], 7.4479057178832),
        ["poisson identity"] = (Family.Poisson, Link.Identity, [.. Counts.Select(c => c + 1)], [XP], null,
            [1.6478683839659141, 0.0377798031477635], [0.301519684711, 0.593995915618], 8.34513551583542),
        ["gamma inverse"] = (Family.Gamma, Link.Inverse, Sizes, [XP, XQ], null, [-0.294532197314010, -0.110937986050412, 1.672753155869796],
            [0.110907032689, 0.141563524125, 0.505563647763], 1.04661266144142),
        ["gamma log"] = (Family.Gamma, Link.Log, Sizes, [X1, X2], null, [0.531993538334558, 0.202620110189223, 0.271009794611241],
            [0.190208190155, 0.218165523071, 0.208230823911], 0.576185390755867),
        ["gamma identity"] = (Family.Gamma, Link.Identity, Sizes, [XP], null, [0.604764701498645, 0.243569966477969],
            [0.241515459526, 0.384376527709], 2.5175176482451),
        ["gaussian log"] = (Family.Gaussian, Link.Log, Sizes, [X1, X2], null, [0.559636589410253, 0.185544471228066, 0.259239006872534],
            [0.121399400776, 0.133823925764, 0.188429908560], 0.993623225985052),
        ["gaussian inverse"] = (Family.Gaussian, Link.Inverse, Sizes, [X1], null, [-0.246277544316622, 0.725180902938871],
            [0.0604195004818, 0.1131654906823], 3.95860371268847),
        ["inverse gaussian 1/mu^2"] = (Family.InverseGaussian, Link.InverseSquare, Sizes, [XP], null,
            [-0.304416713804203, 1.323246724813952], [0.156685203669, 0.654819572309], 2.21726064917117),
        ["inverse gaussian log"] = (Family.InverseGaussian, Link.Log, Sizes, [X1, X2], null,
            [0.502443224222941, 0.196915142330748, 0.267658138700910], [0.227393617935, 0.247304031357, 0.243272776247], 0.637079073901665),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    static GeneralisedLinearRisk<DenseRows<double>> Risk(string name, RiskOptions? options = null)
    {
        var c = Cases[name];
        int d = c.X.Length;
        double[] x = [.. Enumerable.Range(0, 24 * d).Select(i => c.X[i % d][i / d])];
        return new(new DenseRows<double>(x, 24, d), c.Y, c.Family, c.Link, options ?? new RiskOptions { Weights = c.Weights });
    }

    // Starts from the first fit where it has means, from a constant otherwise.
    static double[] Start(GeneralisedLinearRisk<DenseRows<double>> risk)
    {
        double[] w = risk.FirstFit();
        return double.IsFinite(risk.Value(w)) ? w : [.. new double[risk.Dimension - 1], 1];
    }

    static RunResult<double> Fit(GeneralisedLinearRisk<DenseRows<double>> risk, double[] start) =>
        new Problem<double, Oracles.IFisherMatrixOracle<double>>(risk)
            .Minimize(Methods.FisherScoring(), new RunOptions<double> { Start = start, MaxSteps = 500 });

    [Theory]
    [MemberData(nameof(Names))]
    public void Coefficients_deviance_and_errors_are_those_of_R(string name)
    {
        var c = Cases[name];
        var risk = Risk(name);
        RunResult<double> run = Fit(risk, Start(risk));
        Assert.True(run.Outcome.Kind == OutcomeKind.Converged, run.Outcome.Sentence);
        for (int j = 0; j < c.Coefficients.Length; j++)
            Assert.Equal(c.Coefficients[j], run.Point[j], 2e-7 * (1 + c.Coefficients.Max(Math.Abs)));
        double weight = c.Weights?.Sum() ?? 24;
        Assert.Equal(c.Deviance, 2 * weight * risk.Value(run.Point), 1e-11 * c.Deviance);
        int d = risk.Dimension;
        double[] g = new double[d], information = new double[d * d], unit = new double[d], column = new double[d];
        risk.Information(run.Point, g, information);
        Cholesky factor = new(d);
        Assert.True(factor.Factor(information));
        for (int j = 0; j < d; j++)
        {
            (unit[j], unit[(j + d - 1) % d]) = (1, j == 0 ? unit[d - 1] : 0);
            factor.Solve(unit, column);
            Assert.Equal(c.Errors[j], Math.Sqrt(column[j] / weight), 1e-6 * c.Errors[j]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_slope_of_the_value(string name)
    {
        var risk = Risk(name, new RiskOptions { L2 = 0.3, PenaliseIntercept = true, Weights = Cases[name].Weights });
        double[] w = [.. Cases[name].Coefficients.Select((b, j) => b + (0.01 * (j + 1)))], g = new double[w.Length];
        Assert.Equal(risk.Value(w), risk.Gradient(w, g));
        for (int j = 0; j < w.Length; j++)
        {
            double h = 1e-5;
            double[] up = [.. w], down = [.. w];
            (up[j], down[j]) = (w[j] + h, w[j] - h);
            Assert.Equal((risk.Value(up) - risk.Value(down)) / (2 * h), g[j], 1e-7 * (1 + g.Max(Math.Abs)));
        }
    }

    // Over the outcomes 0 and 1 of one row: E ∇²φ = E ∇φ∇φᵀ.
    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("cauchit")]
    public void The_information_is_the_expected_outer_product_of_the_score(string name)
    {
        Link link = new[] { Link.Logit, Link.Probit, Link.CLogLog, Link.Cauchit }.Single(l => l.Name == name);
        double[] x = [0.7, -1.3], w = [0.4, 0.2, -0.1], matrix = new double[9], g = new double[3], expected = new double[9];
        double mean = link.Mean((0.7 * 0.4) - (1.3 * 0.2) - 0.1).Mean;
        foreach (double y in new[] { 0.0, 1 })
        {
            new GeneralisedLinearRisk<DenseRows<double>>(new DenseRows<double>(x, 1, 2), [y], Family.Binomial, link)
                .Information(w, g, matrix);
            for (int a = 0; a < 9; a++) expected[a] += (y == 1 ? mean : 1 - mean) * g[a / 3] * g[a % 3];
        }
        for (int a = 0; a < 3; a++)
            for (int b = a; b < 3; b++) Assert.Equal(expected[(a * 3) + b], matrix[(a * 3) + b], 1e-14);
    }

    public static TheoryData<string> Links => ["logit", "probit", "cloglog", "cauchit", "log", "identity", "sqrt", "inverse", "1/mu^2"];

    // g(g⁻¹(η)) = η and dμ/dη by differences, into the tails; complements as small as the range allows keep their digits.
    [Theory]
    [MemberData(nameof(Links))]
    public void Links_are_inverses_and_slopes_are_slopes(string name)
    {
        Link link = new[] { Link.Logit, Link.Probit, Link.CLogLog, Link.Cauchit, Link.Log, Link.Identity, Link.Sqrt, Link.Inverse,
            Link.InverseSquare }.Single(l => l.Name == name);
        bool both = name is "logit" or "probit" or "cauchit";
        double[] etas = name switch
        {
            "logit" or "cauchit" => [-600, -30, -1, -0.01, 0, 0.01, 2, 30, 600],
            "probit" => [-30, -8, -1, 0, 0.5, 8, 30],
            "cloglog" => [-600, -30, -1, 0, 1, 3, 6],
            "log" => [-600, -3, 0, 2],
            _ => [0.01, 0.5, 3, 200],
        };
        foreach (double eta in etas)
        {
            (double mean, double rest) = link.Mean(eta);
            Assert.Equal(eta, link.Of(mean, rest), 1e-10 * (1 + Math.Abs(eta)));
            double h = 1e-6 * (1 + Math.Abs(eta)), slope = (link.Mean(eta + h).Mean - link.Mean(eta - h).Mean) / (2 * h);
            if (eta > 0 && both) slope = -(link.Mean(eta + h).Complement - link.Mean(eta - h).Complement) / (2 * h);
            if (slope != 0 && !(name == "cloglog" && eta > 3)) Assert.Equal(1, link.Slope(eta) / slope, 1e-3);
            Assert.Equal(1, mean + rest, 1e-15 * (1 + Math.Abs(mean)));
        }
    }

    // With the canonical link the information is the Hessian: the steps are those of Newton's method on the same risk.
    [Fact]
    public void With_the_canonical_link_the_steps_are_Newtons()
    {
        double[] x = [.. Enumerable.Range(0, 48).Select(i => i % 2 == 0 ? X1[i / 2] : X2[i / 2])];
        var plain = Models.Linear.Risk.Of<double, DenseRows<double>>(LossKind.Logistic, new DenseRows<double>(x, 24, 2), Binary,
            new RiskOptions { L2 = 0.1 });
        Iteration<double> newton = Methods.Newton().Start(plain, new double[3], new Draws(1)),
            scoring = Methods.FisherScoring().Start(Risk("binomial logit", new RiskOptions { L2 = 0.1 }), new double[3], new Draws(1));
        for (int t = 0; t < 4; t++)
        {
            newton.Advance();
            scoring.Advance();
            for (int j = 0; j < 3; j++) Assert.Equal(newton.Point[j], scoring.Point[j], 1e-13);
        }
    }

    // Far out, where the Hessian of the Cauchy likelihood is not positive definite, and where steps leave the range of the means.
    [Theory]
    [InlineData("binomial cauchit", 30, -20, 4)]
    [InlineData("binomial probit", -5, 4, 1)]
    [InlineData("poisson sqrt", 0.1, 0.2, 30)]
    [InlineData("gamma inverse", 3, 5, 9)]
    public void From_far_out_it_comes_to_the_same_fit(string name, double a, double b, double c)
    {
        var risk = Risk(name);
        RunResult<double> run = Fit(risk, [a, b, c]);
        Assert.True(run.Outcome.Kind == OutcomeKind.Converged, run.Outcome.Sentence);
        for (int j = 0; j < 3; j++)
            Assert.Equal(Cases[name].Coefficients[j], run.Point[j], 1e-6 * (1 + Cases[name].Coefficients.Max(Math.Abs)));
    }

    [Fact]
    public void What_cannot_be_is_refused_with_a_reason()
    {
        DenseRows<double> one = new([1.0], 1, 1);
        Assert.Contains("target 1 is 2",
            Assert.Throws<ArgumentException>(() => new GeneralisedLinearRisk<DenseRows<double>>(one, [2], Family.Binomial)).Message,
            StringComparison.Ordinal);
        Assert.Contains("target 1 is 0",
            Assert.Throws<ArgumentException>(() => new GeneralisedLinearRisk<DenseRows<double>>(one, [0], Family.Gamma)).Message,
            StringComparison.Ordinal);
        Assert.Contains("L1",
            Assert.Throws<ArgumentException>(
                () => new GeneralisedLinearRisk<DenseRows<double>>(one, [1], Family.Gamma, null, new RiskOptions { L1 = 1 })).Message,
            StringComparison.Ordinal);
        Assert.Contains("as many targets",
            Assert.Throws<ArgumentException>(() => new GeneralisedLinearRisk<DenseRows<double>>(one, [1, 2], Family.Poisson)).Message,
            StringComparison.Ordinal);
        Assert.Contains("positive, finite sum",
            Assert.Throws<ArgumentException>(
                () => new GeneralisedLinearRisk<DenseRows<double>>(one, [1], Family.Poisson, null, new RiskOptions { Weights = [0] }))
                .Message, StringComparison.Ordinal);
    }

    // A start whose means are out of range is an outcome with a sentence.
    [Fact]
    public void A_start_without_means_ends_as_an_outcome()
    {
        var risk = Risk("poisson identity");
        RunResult<double> run = Fit(risk, [-5, 0]);
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
        Assert.Equal(double.PositiveInfinity, risk.Value([-5, 0]));
    }
}
