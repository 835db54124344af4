namespace Descent.Fitting;

/// <summary>What chooses among numbers of components: the least of it. ℓ log-likelihood, p free parameters, n rows.</summary>
public enum MixtureCriterion
{
    /// <summary><c>p log n − 2ℓ</c> (Schwarz 1978): consistent for the number of components.</summary>
    Bic,

    /// <summary>
    /// BIC + twice the entropy of the allocation (Biernacki, Celeux and Govaert 2000): asks that components be told apart.
    /// </summary>
    Icl,

    /// <summary><c>2p − 2ℓ</c> (Akaike 1974): for prediction; takes more components.</summary>
    Aic,
}
