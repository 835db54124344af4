namespace Descent.Guarantees;

/// <summary>What a guarantee bounds.</summary>
public enum GuaranteeMeasure
{
    /// <summary>The mean over w₁ … w_T of E F(w) − F*, hence the gap of the averaged iterate.</summary>
    AverageGap,

    /// <summary>E F(w) − F* of the last iterate.</summary>
    LastGap,

    /// <summary>The mean over the iterates of E‖∇F‖².</summary>
    SquaredGradient,

    /// <summary>The mean over the iterates of E‖∇F‖.</summary>
    Gradient,

    /// <summary>E‖w − w*‖² of the last iterate.</summary>
    SquaredDistance,

    /// <summary>The smallest ‖∇F‖ at a point whose Hessian is almost positive.</summary>
    SecondOrder,

    /// <summary>How much one step decreases F, at least.</summary>
    Decrease,
}
