using System.Globalization;
using Descent.Data;

namespace Descent.Fitting.Formulas;

/// <summary>The levels of columns.</summary>
static class Levels
{
    /// <summary>Levels that are numbers in numeric order, others in ordinal order.</summary>
    public static List<string> Order(IReadOnlyList<string> levels)
    {
        List<(double Value, string Name)> numbers = [];
        foreach (string l in levels)
            if (double.TryParse(l, NumberStyles.Float, CultureInfo.InvariantCulture, out double x)) numbers.Add((x, l));
        return numbers.Count == levels.Count ? [.. numbers.OrderBy(n => n.Value).Select(n => n.Name)]
            : [.. levels.Order(StringComparer.Ordinal)];
    }

    /// <summary>A column as level numbers: those of its texts, or of its numbers.</summary>
    public static (IReadOnlyList<string> Levels, int[] Codes) Of(Column column)
    {
        if (column.IsText) return (column.Levels, column.Codes.ToArray());
        Dictionary<double, int> places = [];
        int[] codes = new int[column.Numbers.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            if (!places.TryGetValue(column.Numbers[i], out int place)) places.Add(column.Numbers[i], place = places.Count);
            codes[i] = place;
        }
        return ([.. places.OrderBy(p => p.Value).Select(p => Text.Exact(p.Key))], codes);
    }
}
