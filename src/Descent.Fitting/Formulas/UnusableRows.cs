using Descent.Data;

namespace Descent.Fitting.Formulas;

/// <summary>Rows that a term has no number for.</summary>
/// <param name="Stays">For every row, whether it has one.</param>
/// <param name="Why">What is wrong with the first of the others.</param>
sealed record UnusableRows(bool[] Stays, string Why)
{
    /// <summary>How many there are.</summary>
    public int Count => Stays.AsSpan().Count(false);

    /// <summary>The first in a sentence.</summary>
    public string Message(Table table) => $"{table.Place(Array.IndexOf(Stays, false))}: {Why}.";
}
