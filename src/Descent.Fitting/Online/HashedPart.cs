using Descent.Data;
using Descent.Data.Hashing;
using Descent.Fitting.Design;

namespace Descent.Fitting.Online;

/// <summary>A column of text in the block of hashed columns that is its own; a text in several rows is looked at once.</summary>
sealed class HashedPart : RowPart
{
    readonly Column column;
    readonly int[] starts;
    readonly List<int> places = [];
    readonly List<double> values = [];

    /// <param name="column">The column of text.</param>
    /// <param name="hash">What makes hashed columns of a text.</param>
    /// <param name="first">Where its block begins.</param>
    public HashedPart(Column column, Func<string, HashedRow> hash, int first)
        : base(first)
    {
        this.column = column;
        starts = new int[column.Levels.Count + 1];
        for (int k = 0; k < column.Levels.Count; k++)
        {
            HashedRow row = hash(column.Levels[k]);
            for (int e = 0; e < row.Columns.Length; e++)
            {
                places.Add(first + row.Columns[e]);
                values.Add(row.Values[e]);
            }
            starts[k + 1] = places.Count;
            MostEntries = Math.Max(MostEntries, row.Columns.Length);
        }
    }

    public override int MostEntries { get; }

    public override void Fill(Span<double> x, int columns, int from, int to)
    {
        for (int i = from; i < to; i++)
            for (int e = starts[column.Codes[i]]; e < starts[column.Codes[i] + 1]; e++) x[((i - from) * columns) + places[e]] = values[e];
    }

    public override int Entries(int row, Span<int> at, Span<double> numbers)
    {
        int code = column.Codes[row], count = 0;
        for (int e = starts[code]; e < starts[code + 1]; e++) (at[count], numbers[count++]) = (places[e], values[e]);
        return count;
    }
}
