namespace Descent.Fitting.Design;

/// <summary>Some neighbouring columns of a design: how their entries are written, whole or those that differ from 0.</summary>
/// <param name="first">Place of the first of them; their order within a row may be any.</param>
abstract class RowPart(int first)
{
    protected int First => first;

    /// <summary>How many entries of a row may differ from 0.</summary>
    public abstract int MostEntries { get; }

    /// <summary>How many entries of all rows may differ from 0, where that is known; null where a row may have the most.</summary>
    public virtual long? Total => null;

    /// <summary>Writes the rows from one to before another into a row-major table of zeros.</summary>
    /// <param name="x">Those rows of it.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    public abstract void Fill(Span<double> x, int columns, int from, int to);

    /// <summary>Writes the entries of a row, zeros perhaps among them.</summary>
    /// <returns>How many were written.</returns>
    public abstract int Entries(int row, Span<int> places, Span<double> values);
}
