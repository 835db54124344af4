using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>A network: named parameters, a way to draw a start, and outputs for rows of inputs.</summary>
public interface INetwork
{
    /// <summary>Names and shapes of the parameters.</summary>
    BlockLayout Layout { get; }

    /// <summary>Numbers in a row.</summary>
    int Inputs { get; }

    /// <summary>Numbers that come out of a row.</summary>
    int Outputs { get; }

    /// <summary>What it is, in a few words.</summary>
    string Description { get; }

    /// <summary>Draws the weights to start from; the same draws give the same weights.</summary>
    T[] Initialise<T>(Draws draws, Initialisation how)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The outputs for inputs of shape (rows, inputs), before any link: shape (rows, outputs).</summary>
    Var<T> Evaluate<T>(Parameters<T> w, Var<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
