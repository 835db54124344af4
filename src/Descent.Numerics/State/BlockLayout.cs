namespace Descent.Numerics;

/// <summary>How a flat parameter vector is divided into named blocks, in order and without gaps.</summary>
public sealed class BlockLayout
{
    /// <summary>Checks and keeps the blocks.</summary>
    /// <exception cref="ArgumentException">The blocks leave a gap or overlap.</exception>
    public BlockLayout(params Block[] blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        int next = 0;
        foreach (Block b in blocks)
        {
            if (b.Offset != next)
                throw new ArgumentException($"Block '{b.Name}' starts at {b.Offset}; expected {next}, right after the block before it.");
            next += b.Length;
        }
        Blocks = blocks;
        Length = next;
    }

    /// <summary>The blocks in order.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>Length of the flat vector.</summary>
    public int Length { get; }

    /// <summary>One block named <c>w</c> of length <paramref name="dimension"/>.</summary>
    public static BlockLayout Flat(int dimension) => new(new Block("w", 0, 1, dimension));
}
