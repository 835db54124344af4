namespace Descent.Autodiff.Networks;

/// <summary>How weights are drawn at the start. Biases begin at zero.</summary>
public enum Initialisation
{
    /// <summary>N(0, 2/inputs): keeps the variance through rectified units (He et al. 2015).</summary>
    He,

    /// <summary>U(±√(6/(inputs + outputs))) (Glorot and Bengio 2010).</summary>
    Glorot,

    /// <summary>N(0, 1/inputs) (LeCun et al. 1998).</summary>
    LeCun,

    /// <summary>U(±1/√inputs), biases too: PyTorch's default for linear layers.</summary>
    Uniform,
}
