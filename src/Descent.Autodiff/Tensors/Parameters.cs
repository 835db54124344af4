namespace Descent.Autodiff;

/// <summary>The parameters of an objective on a tape, block by block, by name.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class Parameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly BlockLayout layout;
    readonly Var<T>[] variables;

    internal Parameters(BlockLayout layout, Workers? workers = null)
    {
        this.layout = layout;
        variables = new Var<T>[layout.Blocks.Count];
        Tape = new Tape<T>(workers);
    }

    /// <summary>The tape they lie on.</summary>
    public Tape<T> Tape { get; }

    /// <summary>Whether this computation trains on a sample or evaluates.</summary>
    public Pass Pass { get; internal set; }

    /// <summary>A block: a vector when it has one row, a matrix otherwise.</summary>
    /// <exception cref="ArgumentException">There is no block of that name.</exception>
    public Var<T> this[string name]
    {
        get
        {
            for (int i = 0; i < variables.Length; i++)
                if (layout.Blocks[i].Name == name) return variables[i];
            throw new ArgumentException(
                $"There is no parameter '{name}'. There are {string.Join(", ", layout.Blocks.Select(b => b.Name))}.");
        }
    }

    /// <summary>The i-th block.</summary>
    public Var<T> this[int i] => variables[i];

    internal ReadOnlySpan<Var<T>> All => variables;

    internal void Bind(ReadOnlySpan<T> w)
    {
        Tape.Reset();
        for (int i = 0; i < variables.Length; i++)
        {
            Block b = layout.Blocks[i];
            ReadOnlySpan<T> values = w.Slice(b.Offset, b.Length);
            variables[i] = b.Rows == 1 ? Tape.Leaf(values, b.Columns) : Tape.Leaf(values, b.Rows, b.Columns);
        }
    }
}
