namespace Descent.Mixtures;

/// <summary>What the covariances of a Gaussian mixture share.</summary>
public enum CovarianceShape
{
    /// <summary>Each component has a covariance of its own.</summary>
    Full,

    /// <summary>One covariance for all components.</summary>
    Tied,

    /// <summary>Each component has variances of its own, no correlations.</summary>
    Diagonal,

    /// <summary>Each component has one variance for all coordinates.</summary>
    Spherical,
}
