namespace Descent.Parallel;

/// <summary>
/// Who is what in a job with server ranks: the last ranks serve, the others are workers by their numbers; a server has neighbouring
/// shards.
/// </summary>
/// <param name="Ranks">All ranks.</param>
/// <param name="Servers">Ranks that serve, at least 1 and fewer than all.</param>
/// <param name="Dimension">d.</param>
/// <param name="AskedShards">Shards asked for; there is at least one a server.</param>
public sealed record ServerPlan(int Ranks, int Servers, int Dimension, int AskedShards = 1)
{
    /// <summary>Ranks that serve.</summary>
    public int Servers { get; } = Servers >= 1 && Servers < Ranks ? Servers
        : throw new ArgumentException($"{Servers} of {Ranks} ranks cannot serve: at least one serves, and at least one works. "
            + "Start more ranks, or set servers = 0, which simulates workers.");

    /// <summary>M.</summary>
    public int Workers => Ranks - Servers;

    /// <summary>Shards, as many as coordinates at most.</summary>
    public int Shards { get; } = Math.Clamp(Math.Max(AskedShards, Servers), 1, Math.Max(1, Dimension));

    /// <summary>First coordinate of a shard; d for the one after the last.</summary>
    public int Start(int shard) => (int)((long)Dimension * shard / Shards);

    /// <summary>The rank that serves a shard.</summary>
    public int OwnerOf(int shard) => Workers + (int)((((long)shard * Servers) + Servers - 1) / Shards);
}
