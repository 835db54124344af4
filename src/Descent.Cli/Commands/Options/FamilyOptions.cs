using System.CommandLine;
using Descent.Autodiff.Networks;

namespace Descent.Cli.Commands.Options;

/// <summary>The model: family, penalties, network, and what is asked of its estimates.</summary>
sealed class FamilyOptions : OptionGroup
{
    readonly Option<string?> weightsAre, model, link, hidden, activation, initialisation, robust, classWeight;
    readonly Option<bool> curvature, noIntercept, penaliseIntercept, standardize, anova, profiled;
    readonly Option<double?> tau, delta, alpha, power;
    readonly Option<double> l1;
    readonly Option<string> l2, dispersion;
    readonly Option<int?> rank, influence;

    public FamilyOptions()
    {
        weightsAre = Optional("--weights-are", "What the weights mean: variance (prior weights of R's glm, the default), frequency (rows "
            + "repeated so often) or importance (no likelihood; robust errors alone).");
        model = Optional("--model", "linear, logistic, softmax, poisson, huber, absolute, quantile, hinge; probit, cloglog, binomial "
            + "(with --trials or --failures, and binomial-probit, binomial-cloglog), gamma (and gamma-inverse), "
            + "negative-binomial, tweedie, inverse-gaussian; cox, cox-breslow (with --event); ordinal (with --levels); fm, "
            + "fm-logistic; mlp or cnn (classes), mlp-regression. Default: by the target.", "-m");
        link = Optional("--link", "Link of --model gamma (log or inverse), and of two classes or trials (logit, probit, cloglog): the "
            + "family of the same law with this link.");
        hidden = Optional("--hidden", "Sizes of the hidden layers of an mlp, 128 or 64,32 (default 128); filters a layer of a cnn "
            + "(default 8,16).");
        activation = Optional("--activation", "Hidden units of an mlp: relu, tanh or sigmoid. Default relu.");
        initialisation = Optional("--init", "Start of an mlp: he, glorot, lecun or uniform. Default he for relu, glorot otherwise.");
        curvature = Add("--curvature", "Measure the curvature at the end of a network's training, however large (about 40 Hessian "
            + "products).", false);
        tau = Add<double?>("--tau", "Quantile τ of --model quantile (0.5 when left out).");
        delta = Add<double?>("--delta", "Threshold δ of --model huber, in the unit of the target (1.345 when left out).");
        alpha = Add<double?>("--alpha", "α of --model negative-binomial, variance μ + αμ²; estimated when left out.");
        power = Add<double?>("--power", "p of --model tweedie, variance in proportion to μ^p, between 1 and 2 (1.5 when left out).");
        rank = Add<int?>("--rank", "Numbers a column of --model fm and fm-logistic, the rank of their factors (8 when left out).");
        l1 = Add("--l1", "λ₁ of λ₁‖w‖₁ on the mean loss.", 0.0);
        l2 = Add("--l2", "λ of (λ/2)‖w‖² on the mean loss, or 1/n; tune takes a range A..B.", "0");
        noIntercept = Add("--no-intercept", "Fit without a constant.", false);
        penaliseIntercept = Add("--penalize-intercept", "Let penalties apply to the constant too.", false);
        standardize = Add("--standardize", "Centre and scale columns; penalties then apply to the scaled ones.", false);
        dispersion = Add("--dispersion", "Dispersion behind the standard errors of a Poisson fit: fixed (at 1), or estimated from the "
            + "residuals (quasi-Poisson).", "fixed");
        robust = Optional("--robust", "Standard errors by a sandwich: hc0, hc1, hc2 or hc3.");
        anova = Add("--anova", "Test every term, a column or all levels of a factor, by its estimates (Wald) and by the fit "
            + "without it (likelihood ratio or F), with variance-inflation factors and the condition number.", false);
        influence = Add<int?>("--influence", "Print so many rows, those of largest Cook's distance, with leverage and standardised "
            + "residual.");
        profiled = Add("--profile-intervals", "Intervals of the coefficients by the profile likelihood (R's confint of a glm), "
            + "which follow its shape and say where it has no end.", false);
        classWeight = Optional("--class-weight", "balanced, or LEVEL:WEIGHT,LEVEL:WEIGHT.");
    }

    /// <summary>The model that was asked for.</summary>
    /// <param name="p">The options as parsed.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="ranges">Takes penalties that are ranges.</param>
    public ModelSpec Read(ParseResult p, Faults faults, Ranges ranges) => new()
    {
        Family = faults.Of(() => Linked(FamilyOf(p.GetValue(model)), p.GetValue(link))),
        Network = faults.Of(() => Network(p)),
        L1 = p.GetValue(l1),
        L2 = faults.Of(() => OptionText.L2(ranges.Single("l2", p.GetValue(l2)!, "0"))),
        Intercept = !p.GetValue(noIntercept),
        PenaliseIntercept = p.GetValue(penaliseIntercept),
        Standardise = p.GetValue(standardize),
        Quantile = p.GetValue(tau),
        Threshold = p.GetValue(delta),
        Overdispersion = p.GetValue(alpha),
        Power = p.GetValue(power),
        Rank = p.GetValue(rank),
        WeightsAre = faults.Of(() => OptionText.WeightsAre(p.GetValue(weightsAre))),
        EstimatesDispersion = faults.Of(() => OptionText.EstimatesDispersion(p.GetValue(dispersion)!)),
        TestsTerms = p.GetValue(anova),
        MostInfluential = p.GetValue(influence),
        ProfilesLikelihood = p.GetValue(profiled),
        Robust = faults.Of(() => OptionText.Robust(p.GetValue(robust))),
        ClassWeights = faults.Of(() => OptionText.ClassWeights(p.GetValue(classWeight))),
    };

    // A network is a loss with another function inside: classes by softmax, numbers by squares.
    static ModelFamily? FamilyOf(string? name) => name switch
    {
        null => null,
        "mlp" or "cnn" => ModelFamilies.Softmax,
        "mlp-regression" => ModelFamilies.Linear,
        _ => ModelFamilies.Find(name)
            ?? throw new UsageException($"--model '{name}' is not known. Known: {ModelFamilies.Names}, mlp, mlp-regression, cnn."),
    };

    static ModelFamily? Linked(ModelFamily? family, string? link) => link is null ? family
        : ModelFamilies.WithLink(family, link) ?? throw new UsageException($"--link '{link}' is no link of --model "
            + $"{family?.Name ?? "logistic"}. Links: log or inverse for gamma, log for poisson, negative-binomial, tweedie and "
            + "inverse-gaussian, identity for linear; logit, probit or cloglog for two classes and for binomial.");

    NetworkSpec? Network(ParseResult p)
    {
        string? h = p.GetValue(hidden), a = p.GetValue(activation), i = p.GetValue(initialisation);
        string? name = p.GetValue(model);
        if (name is not ("mlp" or "mlp-regression" or "cnn"))
            return (h ?? a ?? i) is null && !p.GetValue(curvature) ? null
                : throw new UsageException("--hidden, --activation, --init and --curvature belong to --model mlp, mlp-regression "
                    + "and cnn.");
        Activation unit = OptionText.Activation(a);
        return new NetworkSpec(name == "cnn" ? "cnn" : "mlp", OptionText.Layers(h ?? (name == "cnn" ? "8,16" : "128")))
        {
            Activation = unit,
            Initialisation = OptionText.Initialisation(i, unit),
            Curvature = p.GetValue(curvature),
        };
    }
}
