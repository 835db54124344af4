namespace Descent.Estimators;

/// <summary>When a step adds δ times its row to the drift.</summary>
enum DriftChange
{
    /// <summary>Never: the drift stays until it is renewed as a whole.</summary>
    None,

    /// <summary>Before the step, which then moves by the drift alone.</summary>
    Before,

    /// <summary>After the step, which moves by the row and the drift as it was.</summary>
    After,
}
