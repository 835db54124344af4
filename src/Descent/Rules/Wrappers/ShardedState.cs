namespace Descent.Rules;

/// <summary>
/// The states of shards shown as the one state that the rule would keep without them, so that what was kept by some threads is put back by
/// any other number. Buffers as long as their shard are joined; what is of another length, and numbers, are the same in every shard.
/// </summary>
sealed class ShardedState
{
    readonly List<(string Name, Piece Piece)> pieces = [];
    readonly Dictionary<string, Piece> byName = new(StringComparer.Ordinal);

    /// <summary>Shows the state, and takes back what the visitor put there.</summary>
    /// <param name="visitor">The visitor.</param>
    /// <param name="lengths">Number of coordinates of every shard.</param>
    /// <param name="visitShard">Shows the state of one shard.</param>
    public static void Visit(IStateVisitor visitor, IReadOnlyList<int> lengths, Action<int, IStateVisitor> visitShard)
    {
        ShardedState all = new();
        for (int s = 0; s < lengths.Count; s++) visitShard(s, new Gatherer(all, s, lengths[s]));
        foreach ((string name, Piece piece) in all.pieces) piece.Show(visitor, name);
        for (int s = 0; s < lengths.Count; s++) visitShard(s, new Giver(all, s, lengths[s]));
    }

    abstract class Piece
    {
        public abstract void Show(IStateVisitor visitor, string name);
    }

    sealed class BufferPiece<T> : Piece
        where T : unmanaged
    {
        public List<T> Values { get; } = [];

        public int Given { get; set; }

        public override void Show(IStateVisitor visitor, string name) =>
            visitor.Buffer(name, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Values));
    }

    sealed class RealPiece(double value) : Piece
    {
        public double Value = value;

        public override void Show(IStateVisitor visitor, string name) => visitor.Number(name, ref Value);
    }

    sealed class WholePiece(long value) : Piece
    {
        public long Value = value;

        public override void Show(IStateVisitor visitor, string name) => visitor.Number(name, ref Value);
    }

    TPiece Of<TPiece>(string name, Func<TPiece> make)
        where TPiece : Piece
    {
        if (byName.TryGetValue(name, out Piece? known)) return (TPiece)known;
        TPiece made = make();
        byName[name] = made;
        pieces.Add((name, made));
        return made;
    }

    sealed class Gatherer(ShardedState all, int shard, int length) : IStateVisitor
    {
        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (shard == 0 || values.Length == length) all.Of(name, () => new BufferPiece<T>()).Values.AddRange(values);
        }

        public void Number(string name, ref double value)
        {
            double own = value;
            all.Of(name, () => new RealPiece(own));
        }

        public void Number(string name, ref long value)
        {
            long own = value;
            all.Of(name, () => new WholePiece(own));
        }
    }

    sealed class Giver(ShardedState all, int shard, int length) : IStateVisitor
    {
        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
            BufferPiece<T> piece = (BufferPiece<T>)all.byName[name];
            int from = shard > 0 && values.Length == length ? piece.Given : 0;
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(piece.Values).Slice(from, values.Length).CopyTo(values);
            piece.Given = from + values.Length;
        }

        public void Number(string name, ref double value) => value = ((RealPiece)all.byName[name]).Value;

        public void Number(string name, ref long value) => value = ((WholePiece)all.byName[name]).Value;
    }
}
