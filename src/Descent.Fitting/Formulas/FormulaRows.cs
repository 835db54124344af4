using Descent.Data;
using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>The rows of a table under a formula: columns by name, what was learnt, and what several terms need, made once.</summary>
/// <param name="formula">The formula.</param>
/// <param name="table">The table.</param>
/// <param name="learned">What terms know of the training rows, or learn here.</param>
/// <param name="train">The rows to learn from; empty where everything is known.</param>
sealed class FormulaRows(Formula formula, Table table, Learned learned, int[] train)
{
    readonly Dictionary<(Node, Type), object> made = [];

    public Formula Formula => formula;

    public Learned Learned => learned;

    public Table Table => table;

    public int Count => table.RowCount;

    public Column? Find(string name) => table.Find(name);

    /// <summary>The entries of the rows that train.</summary>
    public double[] Training(double[] x) => Array.ConvertAll(train, i => x[i]);

    /// <summary>The numbers of an expression, made once.</summary>
    public double[] Numbers(Node node) => Once(node, () => Arithmetic.Of(this, node));

    /// <summary>What belongs to a part of the formula, made once.</summary>
    public T Once<T>(Node node, Func<T> make)
        where T : class
    {
        if (made.TryGetValue((node, typeof(T)), out object? known)) return (T)known;
        T value = make();
        made[(node, typeof(T))] = value;
        return value;
    }
}
