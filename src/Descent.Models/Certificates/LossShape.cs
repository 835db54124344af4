namespace Descent.Models.Certificates;

/// <summary>What the exact certificates need to know of a loss.</summary>
enum LossShape
{
    /// <summary>½(z − c)².</summary>
    Squared,

    /// <summary>½r² up to |r| = δ, linear beyond, r = z − c.</summary>
    Huber,

    /// <summary>e^z − cz.</summary>
    Poisson,

    /// <summary>log(1 + Σ e^{z_r}), z_r the margins of the other classes less the margin of the example's own:
    /// softmax, and logistic with one row.</summary>
    Multinomial,

    /// <summary>max over u ∈ [low, high] of u(z − c): absolute, quantile, hinge.</summary>
    Kinked,
}
