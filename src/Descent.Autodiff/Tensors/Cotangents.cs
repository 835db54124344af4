namespace Descent.Autodiff;

/// <summary>Collects the cotangents of nodes during one backward sweep; sums where paths meet.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class Cotangents<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tape<T> tape;
    int[] of = [];
    bool[] wanted = [];

    internal Cotangents(Tape<T> tape) => this.tape = tape;

    /// <summary>Whether anything that is differentiated by lies before this node.</summary>
    public bool Wants(int node) => node >= 0 && node < wanted.Length && wanted[node];

    /// <summary>Adds a cotangent to a node.</summary>
    public void Add(int node, Var<T> cotangent)
    {
        if (!Wants(node)) return;
        of[node] = of[node] < 0 ? cotangent.Index : (tape.At(of[node]) + cotangent).Index;
    }

    internal void Begin(int nodes)
    {
        if (of.Length < nodes)
        {
            of = new int[Math.Max(nodes, 2 * of.Length)];
            wanted = new bool[of.Length];
        }
        Array.Fill(of, -1, 0, nodes);
        Array.Clear(wanted, 0, nodes);
    }

    internal void Want(int node) => wanted[node] = true;

    internal int IndexOf(int node) => of[node];
}
