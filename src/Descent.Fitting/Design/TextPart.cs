using Descent.Data;
using Descent.Data.Hashing;

namespace Descent.Fitting.Design;

/// <summary>
/// A column of text as counts of its words, or as <c>tf·idf/‖tf·idf‖</c>, in the places of the features that a model has; other words
/// are nothing; or as its level, hashed whole. A text that stands in several rows is looked at once.
/// </summary>
sealed class TextPart : RowPart
{
    readonly Column column;
    readonly int[] starts;
    readonly List<int> places = [];
    readonly List<double> values = [];
    readonly int most;

    /// <param name="column">The column of text.</param>
    /// <param name="features">Place and feature of each hashed column.</param>
    /// <param name="contract">How text is hashed and weighed.</param>
    public TextPart(Column column, IReadOnlyDictionary<int, (int Place, FeatureSource Feature)> features, TextContract contract)
        : base(0)
    {
        this.column = column;
        starts = new int[column.Levels.Count + 1];
        string name = features.Values.First().Feature.Column;
        Func<string, HashedRow> hash = contract.HashOf(name);
        bool weigh = contract.Weighs(name);
        for (int k = 0; k < column.Levels.Count; k++)
        {
            Add(hash(column.Levels[k]), features, weigh);
            starts[k + 1] = places.Count;
            most = Math.Max(most, starts[k + 1] - starts[k]);
        }
    }

    public override int MostEntries => most;

    public override long? Total
    {
        get
        {
            long total = 0;
            foreach (int code in column.Codes) total += starts[code + 1] - starts[code];
            return total;
        }
    }

    public override void Fill(Span<double> x, int columns, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            int code = column.Codes[i];
            for (int e = starts[code]; e < starts[code + 1]; e++) x[((i - from) * columns) + places[e]] = values[e];
        }
    }

    public override int Entries(int row, Span<int> at, Span<double> numbers)
    {
        int code = column.Codes[row], count = 0;
        for (int e = starts[code]; e < starts[code + 1]; e++) (at[count], numbers[count++]) = (places[e], values[e]);
        return count;
    }

    /// <summary>The features of a column of text: what the training rows have, by ascending number.</summary>
    /// <param name="name">Name of the column, under which its words are hashed.</param>
    /// <param name="column">The column of text.</param>
    /// <param name="train">The rows that train.</param>
    /// <param name="contract">How text is hashed and weighed; idf is <c>ln((1 + n)/(1 + df)) + 1</c>.</param>
    public static IEnumerable<FeatureSource> Learn(string name, Column column, int[] train, TextContract contract)
    {
        int[] rows = new int[column.Levels.Count];
        foreach (int i in train) rows[column.Codes[i]]++;
        SortedDictionary<int, int> met = [];
        Func<string, HashedRow> hash = contract.HashOf(name);
        for (int k = 0; k < rows.Length; k++)
        {
            if (rows[k] == 0) continue;
            foreach (int number in hash(column.Levels[k]).Columns) met[number] = met.GetValueOrDefault(number) + rows[k];
        }
        return met.Select(m => new FeatureSource(name)
        {
            Hash = m.Key,
            Idf = contract.Weighs(name) ? Math.Log((1.0 + train.Length) / (1 + m.Value)) + 1 : null,
        });
    }

    void Add(HashedRow row, IReadOnlyDictionary<int, (int Place, FeatureSource Feature)> features, bool weigh)
    {
        int from = values.Count;
        double squares = 0;
        for (int e = 0; e < row.Columns.Length; e++)
        {
            if (!features.TryGetValue(row.Columns[e], out (int Place, FeatureSource Feature) f)) continue;
            double value = row.Values[e] * (f.Feature.Idf ?? 1);
            places.Add(f.Place);
            values.Add(value);
            squares += value * value;
        }
        if (!weigh) return;
        for (int e = from; e < values.Count; e++) values[e] /= Math.Sqrt(squares);
    }
}
