namespace Descent.Mixtures.Search;

/// <summary>How a start is led to a local maximum of the likelihood.</summary>
public enum MixtureMethod
{
    /// <summary>EM as it stands.</summary>
    Em,

    /// <summary>EM with squared extrapolation, taken back where it lowers the likelihood.</summary>
    Squarem,

    /// <summary>EM with Anderson's extrapolation of depth 5, taken back where it lowers the likelihood.</summary>
    Anderson,
}
