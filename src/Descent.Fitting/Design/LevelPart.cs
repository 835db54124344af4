using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>A column of text as a 1 in the place of its level.</summary>
/// <param name="column">The column.</param>
/// <param name="places">The place of each of its codes; −1 for levels without one.</param>
sealed class LevelPart(Column column, int[] places) : RowPart(0)
{
    public override int MostEntries => 1;

    public override void Fill(Span<double> x, int columns, int from, int to)
    {
        ReadOnlySpan<int> codes = column.Codes[from..to];
        for (int i = 0; i < codes.Length; i++)
            if (places[codes[i]] >= 0) x[(i * columns) + places[codes[i]]] = 1;
    }

    public override int Entries(int row, Span<int> at, Span<double> values)
    {
        (at[0], values[0]) = (places[column.Codes[row]], 1);
        return at[0] < 0 ? 0 : 1;
    }
}
