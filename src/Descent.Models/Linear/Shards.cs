namespace Descent.Models.Linear;

/// <summary>How full passes over n rows are cut: by the data alone, never by the number of threads.</summary>
static class Shards
{
    public const int Most = 16;

    /// <summary>Number of shards: enough work in each, and not too much memory for their partial sums.</summary>
    public static int Count(int rows, long entries, long partial)
    {
        long byWork = (entries + rows) / 65536, byMemory = Math.Max(1, 8_000_000 / Math.Max(1, partial));
        return (int)Math.Clamp(Math.Min(byWork, byMemory), 1, Most);
    }

    /// <summary>First row of a shard; shard s ends where s + 1 begins.</summary>
    public static int Start(int rows, int shard, int count) => (int)((long)rows * shard / count);
}
