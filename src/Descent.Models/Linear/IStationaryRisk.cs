namespace Descent.Models.Linear;

/// <summary>What the certificate of a stationary point asks of an objective that is not convex and of which no minimum can be told from
/// the others around it.</summary>
public interface IStationaryRisk
{
    /// <summary>Why there is no bound on F(w) − inf F, in words.</summary>
    string WhyNoBound { get; }

    /// <summary>Writes, for every parameter, the sum of the sizes of the terms of its slope.</summary>
    void SlopeSizes(ReadOnlySpan<double> w, Span<double> sizes);

    /// <summary>Terms that a slope is the sum of, at most, those within a term counted.</summary>
    int TermsOfSlope { get; }
}
