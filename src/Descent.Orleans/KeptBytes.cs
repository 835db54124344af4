using Orleans;

namespace Descent.Orleans;

/// <summary>What the storage keeps of a grain.</summary>
[GenerateSerializer]
sealed class KeptBytes
{
    /// <summary>What the bytes belong to.</summary>
    [Id(0)]
    public string Form { get; set; } = "";

    /// <summary>The state.</summary>
    [Id(1)]
    public byte[] Bytes { get; set; } = [];
}
