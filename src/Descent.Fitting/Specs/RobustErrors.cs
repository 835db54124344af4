namespace Descent.Fitting;

/// <summary>
/// Standard errors by a sandwich, which hold where the model is wrong about the spread of the target (heteroscedasticity): White's, and
/// three that mend it for few rows.
/// </summary>
public enum RobustErrors
{
    /// <summary>White's: <c>B Σsᵢsᵢᵀ B</c>, B the inverse Hessian, sᵢ the gradient of row i's loss.</summary>
    HC0,

    /// <summary>HC0 times n/(n − p).</summary>
    HC1,

    /// <summary>Rows weigh 1/(1 − hᵢ), hᵢ their leverage: without bias where the spread is equal.</summary>
    HC2,

    /// <summary>Rows weigh 1/(1 − hᵢ)², near the jackknife: the safest for few rows.</summary>
    HC3,
}
