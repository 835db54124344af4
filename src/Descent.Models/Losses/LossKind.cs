namespace Descent.Models.Losses;

/// <summary>Which loss it is, where bounds and constants are known for it by name;
/// a loss of one's own is <see cref="Other"/>, whatever it is called.</summary>
public enum LossKind
{
    /// <summary>Any other: what is said of it follows from its members alone.</summary>
    Other,

    /// <summary>½(z − y)².</summary>
    Linear,

    /// <summary>log(1 + e^(−sz)), s = ±1.</summary>
    Logistic,

    /// <summary>log Σ e^z − z_y over classes.</summary>
    Softmax,

    /// <summary>e^z − yz.</summary>
    Poisson,

    /// <summary>½r² near, δ|r| − ½δ² far.</summary>
    Huber,

    /// <summary>|z − y|.</summary>
    Absolute,

    /// <summary>The pinball loss.</summary>
    Quantile,

    /// <summary>max(0, 1 − sz), s = ±1.</summary>
    Hinge,
}
