namespace Descent.Mixtures.Laws;

/// <summary>
/// The law that the components of a <see cref="FiniteMixture"/> have in common, with its rows: <c>f(x_i; block)</c>. A block holds the
/// parameters of one component; its coordinates are as many numbers that may take any real value (log λ, logit p), in which derivatives are
/// taken.
/// </summary>
public interface IComponentLaw
{
    /// <summary>Rows, n.</summary>
    int Count { get; }

    /// <summary>Numbers of one component's block, all of which may vary.</summary>
    int Parameters { get; }

    /// <summary>Sufficient statistics of one component, sums of <see cref="Add"/> over rows.</summary>
    int Statistics { get; }

    /// <summary>Numbers that <see cref="Prepare"/> writes.</summary>
    int Factors { get; }

    /// <summary>Rows that a start draws for a component: as many as about determine its block.</summary>
    int StartRows { get; }

    /// <summary>Whether a row adds to a statistic of its own alone: no sum over rows is sufficient.</summary>
    bool StatisticsPerRow => false;

    /// <summary>What statistics take from the rows beside sums over them; empty where there is nothing.</summary>
    ReadOnlySpan<double> Frame => [];

    /// <summary>Whether the block lies in the parameter space.</summary>
    bool IsValid(ReadOnlySpan<double> block);

    /// <summary>Writes what the densities of all rows have in common.</summary>
    void Prepare(ReadOnlySpan<double> block, Span<double> factors);

    /// <summary>log f(x_i; block), from the factors of the block; −∞ for a row that cannot occur.</summary>
    double LogDensity(ReadOnlySpan<double> factors, int row);

    /// <summary>Adds <c>weight · s(x_i)</c>.</summary>
    void Add(int row, double weight, Span<double> statistics);

    /// <summary>Sum of the weights behind the statistics.</summary>
    double Weight(ReadOnlySpan<double> statistics) => statistics[0];

    /// <summary>The block of greatest weighted likelihood; false where there is none.</summary>
    bool Maximise(ReadOnlySpan<double> statistics, Span<double> block);

    /// <summary>What it means that <see cref="Maximise"/> finds none, in a sentence with a way out.</summary>
    string Collapse => "A component lost all its rows. Take fewer components.";

    /// <summary>Why a component of this block on so many rows is no estimate; null where it is one.</summary>
    string? Degeneracy(ReadOnlySpan<double> block, double rows) => null;

    /// <summary>The unit in which a parameter's moves are measured; it follows the units of the columns.</summary>
    double Unit(int parameter);

    /// <summary>Coordinates of a block, as many as parameters.</summary>
    void ToCoordinates(ReadOnlySpan<double> block, Span<double> coordinates);

    /// <summary>The block at coordinates.</summary>
    void FromCoordinates(ReadOnlySpan<double> coordinates, Span<double> block);

    /// <summary>Adds <c>weight · ∇ log f(x_i; block)</c> along the coordinates.</summary>
    void AddScore(ReadOnlySpan<double> factors, int row, double weight, Span<double> score);

    /// <summary>Whether a parameter stands at an edge of its range, where its coordinate is infinite and no derivative is taken.</summary>
    bool IsAtEdge(ReadOnlySpan<double> block, int parameter) => false;
}
