using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>A column of numbers.</summary>
sealed class NumberPart(Column column, int place) : RowPart(place)
{
    public override int MostEntries => 1;

    public override void Fill(Span<double> x, int columns, int from, int to)
    {
        ReadOnlySpan<double> v = column.Numbers[from..to];
        for (int i = 0, at = First; i < v.Length; i++, at += columns) x[at] = v[i];
    }

    public override int Entries(int row, Span<int> places, Span<double> values)
    {
        (places[0], values[0]) = (First, column.Numbers[row]);
        return 1;
    }
}
