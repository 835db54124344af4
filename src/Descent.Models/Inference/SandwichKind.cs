namespace Descent.Models.Inference;

/// <summary>
/// What stands between the two inverse Hessians of a sandwich covariance. Source: White 1980; MacKinnon and White 1985; Liang and Zeger
/// 1986.
/// </summary>
public enum SandwichKind
{
    /// <summary><c>Σ sᵢsᵢᵀ</c>, sᵢ the gradient of row i's loss.</summary>
    HC0,

    /// <summary>HC0 times n/(n − p).</summary>
    HC1,

    /// <summary><c>Σ sᵢsᵢᵀ/(1 − hᵢ)</c>, hᵢ the leverage of row i.</summary>
    HC2,

    /// <summary><c>Σ sᵢsᵢᵀ/(1 − hᵢ)²</c>.</summary>
    HC3,

    /// <summary><c>Σ s_g s_gᵀ·G/(G − 1)</c>, s_g the sum over a cluster, for least squares times (n − 1)/(n − p) as well.</summary>
    Cluster,
}
