namespace Descent.Models.Linear;

/// <summary>What a certificate asks of a partial likelihood: how far its rows reach, for bounds of rounding and of third
/// derivatives.</summary>
public interface IPartialLikelihood
{
    /// <summary>For every column the largest |x − mean|, and twice the mean, which its rounding is in proportion to.</summary>
    double[] Reach { get; }

    /// <summary>The share of the weights that ends with an event.</summary>
    double EventShare { get; }

    /// <summary>Writes a row with its columns moved by their means.</summary>
    void Centred(int example, Span<double> to);
}
