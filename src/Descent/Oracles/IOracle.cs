using Descent.Sets;

namespace Descent.Oracles;

/// <summary>What every objective can say of itself. Capabilities are further interfaces; an objective implements those it has.</summary>
public interface IOracle
{
    /// <summary>Number of parameters d.</summary>
    int Dimension { get; }

    /// <summary>How the flat parameter vector is divided into blocks.</summary>
    BlockLayout Layout { get; }

    /// <summary>Counts what is asked.</summary>
    OracleMeter Meter { get; }

    /// <summary>The part h of the objective <c>F = f + h</c> that is handled by its proximal map;
    /// null when F is the function the oracle computes.</summary>
    IProximalMap? NonSmooth => null;
}
