namespace Descent.Data;

/// <summary>What the text of a cell is.</summary>
enum CellKind
{
    Missing,

    /// <summary>A finite number, as the file writes numbers.</summary>
    Number,

    /// <summary>Infinity, or a number beyond the range of a double.</summary>
    NotFinite,

    /// <summary>
    /// A number for a reader, but not as the file writes numbers: with a currency, a percent sign, thousands separators, another decimal
    /// sign.
    /// </summary>
    Dressed,

    Word,
}
