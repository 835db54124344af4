namespace Descent.Rules;

/// <summary>How an iterate moves, given a gradient. Knows no oracle and no samples: vectors in, vectors out.</summary>
public interface IRule
{
    /// <summary>Whether a step is <c>w − η·(something linear in gradients)</c> in the Euclidean metric,
    /// so that a proximal map with step η fits behind it.</summary>
    bool IsEuclidean => true;

    /// <summary>Whether every coordinate moves by itself, with its own gradient and state alone,
    /// and the gradient is asked at the iterate.</summary>
    bool IsCoordinatewise => false;

    /// <summary>The recursion with its values, as printed in results.</summary>
    string Recursion { get; }

    /// <summary>Makes the state for parameters of this layout.</summary>
    RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
