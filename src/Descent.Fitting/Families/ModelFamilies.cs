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

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [Linear, Logistic, Softmax, Poisson, Huber, Absolute, Quantile, Hinge];

    /// <summary>The names, comma after comma.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name));

    /// <summary>A family by its name or another name; null when there is none.</summary>
    public static ModelFamily? Find(string name) => All.FirstOrDefault(f => f.Name == name || f.Aliases.Contains(name));

    /// <summary>A family by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static ModelFamily Of(string name) => Find(name)
        ?? throw new ArgumentException($"There is no model family '{name}'. There are {Names}.");
}
