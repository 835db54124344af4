using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>The families, each an entry.</summary>
public static class ModelFamilies
{
    /// <summary>Least squares: the mean of a target of numbers.</summary>
    public static ModelFamily Linear { get; } = new LinearFamily();

    /// <summary>
    /// Logistic regression: the probability of one class of two; a target of text or several classes is given as COLUMN=LEVEL.
    /// </summary>
    public static ModelFamily Logistic { get; } = new LogisticFamily();

    /// <summary>Multinomial regression over all classes of a target.</summary>
    public static ModelFamily Softmax { get; } = new SoftmaxFamily();

    /// <summary>Proportional odds: the probabilities of classes in order (R's polr).</summary>
    public static ModelFamily Ordinal { get; } = new OrdinalFamily();

    /// <summary>Poisson regression with log link: the mean of a count.</summary>
    public static ModelFamily Poisson { get; } = new PoissonFamily();

    /// <summary>Huber's robust regression with threshold δ.</summary>
    public static ModelFamily Huber { get; } = new HuberFamily();

    /// <summary>Least absolute deviations: the median of a target.</summary>
    public static ModelFamily Absolute { get; } = new AbsoluteFamily();

    /// <summary>Quantile regression at τ.</summary>
    public static ModelFamily Quantile { get; } = new QuantileFamily();

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    public static ModelFamily Hinge { get; } = new HingeFamily();

    /// <summary>The probability of one class of two with probit link.</summary>
    public static ModelFamily Probit { get; } = new BinaryFamily<ProbitLoss, ProbitLink>("probit");

    /// <summary>The probability of one class of two with the complementary log–log link.</summary>
    public static ModelFamily ComplementaryLogLog { get; } = new BinaryFamily<ComplementaryLogLogLoss, ComplementaryLogLogLink>("cloglog");

    /// <summary>Successes among trials with logistic link.</summary>
    public static ModelFamily Binomial { get; } = new BinomialFamily<LogisticLoss, LogitLink>("binomial");

    /// <summary>Successes among trials with probit link.</summary>
    public static ModelFamily BinomialProbit { get; } = new BinomialFamily<ProbitLoss, ProbitLink>("binomial-probit");

    /// <summary>Successes among trials with the complementary log–log link.</summary>
    public static ModelFamily BinomialComplementaryLogLog { get; } =
        new BinomialFamily<ComplementaryLogLogLoss, ComplementaryLogLogLink>("binomial-cloglog");

    /// <summary>Gamma regression with log link: positive numbers.</summary>
    public static ModelFamily Gamma { get; } = new GammaFamily();

    /// <summary>Gamma regression with inverse link, R's default: positive numbers.</summary>
    public static ModelFamily GammaInverse { get; } = new GammaInverseFamily();

    /// <summary>Negative binomial regression with log link: counts that vary more than Poisson counts.</summary>
    public static ModelFamily NegativeBinomial { get; } = new NegativeBinomialFamily();

    /// <summary>Tweedie regression with log link: amounts ≥ 0.</summary>
    public static ModelFamily Tweedie { get; } = new TweedieFamily();

    /// <summary>Inverse Gaussian regression with log link: positive numbers. Not convex.</summary>
    public static ModelFamily InverseGaussian { get; } = new InverseGaussianFamily();

    /// <summary>Cox's proportional hazards, ties as Efron has them.</summary>
    public static ModelFamily Cox { get; } = new CoxFamily("cox", true);

    /// <summary>Cox's proportional hazards, ties as Breslow has them.</summary>
    public static ModelFamily CoxBreslow { get; } = new CoxFamily("cox-breslow", false);

    /// <summary>The factorisation machine for numbers: least squares with ⟨vⱼ, vₗ⟩ for every pair of columns. Not convex.</summary>
    public static ModelFamily FactorisationMachine { get; } =
        new FactorisationFamily<SquaredLoss>("fm", Linear, "factorisation-machine", "factorization-machine");

    /// <summary>The factorisation machine for two classes: logistic loss with ⟨vⱼ, vₗ⟩ for every pair of columns. Not convex.</summary>
    public static ModelFamily FactorisationMachineLogistic { get; } = new FactorisationFamily<LogisticLoss>("fm-logistic", Logistic);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [Linear, Logistic, Softmax, Poisson, Huber, Absolute, Quantile, Hinge,
        Probit, ComplementaryLogLog, Binomial, BinomialProbit, BinomialComplementaryLogLog, Gamma, GammaInverse, NegativeBinomial,
        Tweedie, InverseGaussian, Cox, CoxBreslow, Ordinal, FactorisationMachine, FactorisationMachineLogistic];

    /// <summary>The family of counts of trials with the link of a family of two classes; the family itself where it is one of
    /// counts.</summary>
    /// <exception cref="FitException">The family has no trials.</exception>
    internal static ModelFamily OfTrials(ModelFamily? family)
    {
        if (family is null || family == Logistic) return Binomial;
        if (family == Probit) return BinomialProbit;
        if (family == ComplementaryLogLog) return BinomialComplementaryLogLog;
        return family.Labels == LabelKind.Shares ? family
            : throw new FitException($"`Trials` and `Failures` are for successes among trials; `Family = {family}` has none. Use "
                + "binomial, probit or cloglog.");
    }

    /// <summary>The family of the same law with another link, a family being law and link together.</summary>
    /// <param name="family">Any family of the law; null for the logistic one, whose target decides.</param>
    /// <param name="link">log, inverse, identity, logit, probit or cloglog.</param>
    /// <returns>Null where the law has no such link here.</returns>
    public static ModelFamily? WithLink(ModelFamily? family, string link) => Laws
        .FirstOrDefault(law => law.Any(l => l.Family == (family ?? Logistic)))?.FirstOrDefault(l => l.Link == link).Family;

    // A law a line, with its links here.
    static (string Link, ModelFamily Family)[][] Laws =>
    [
        [("log", Gamma), ("inverse", GammaInverse)],
        [("logit", Logistic), ("probit", Probit), ("cloglog", ComplementaryLogLog)],
        [("logit", Binomial), ("probit", BinomialProbit), ("cloglog", BinomialComplementaryLogLog)],
        [("log", Poisson)],
        [("log", NegativeBinomial)],
        [("log", Tweedie)],
        [("log", InverseGaussian)],
        [("identity", Linear)],
    ];

    /// <summary>The names, comma after comma.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name));

    /// <summary>A family by its name or another name; null when there is none.</summary>
    public static ModelFamily? Find(string name) => All.FirstOrDefault(f => f.Name == name || f.Aliases.Contains(name));

    /// <summary>A family by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static ModelFamily Of(string name) => Find(name)
        ?? throw new ArgumentException($"There is no model family '{name}'. There are {Names}.");
}
