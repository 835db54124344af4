using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Descent.Orleans.Tests;

/// <summary>A storage that outlives silos, checks ETags, and fails when it is told to.</summary>
sealed class KeptStorage : IGrainStorage
{
    readonly ConcurrentDictionary<string, (string Form, byte[] Bytes, string ETag)> kept = [];
    readonly ConcurrentDictionary<string, int> writes = [];

    /// <summary>Asked before a write: whether it fails before it has written, or after.</summary>
    public Func<string, (bool Before, bool After)> Fails { get; set; } = _ => default;

    /// <summary>Writes of one grain that were done.</summary>
    public int WritesOf(string key) => writes.GetValueOrDefault(key);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!kept.TryGetValue(Key(stateName, grainId), out var found)) return Task.CompletedTask;
        KeptBytes state = (KeptBytes)(object)grainState.State!;
        (state.Form, state.Bytes, grainState.ETag, grainState.RecordExists) = (found.Form, [.. found.Bytes], found.ETag, true);
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Delay(1);
        string key = Key(stateName, grainId);
        (bool before, bool after) = Fails(key);
        if (before) throw new IOException("the disk is full");
        KeptBytes state = (KeptBytes)(object)grainState.State!;
        string etag = Guid.NewGuid().ToString();
        lock (kept)
        {
            if ((kept.TryGetValue(key, out var found) ? found.ETag : null) != grainState.ETag)
                throw new InconsistentStateException($"{key} was written by another.");
            kept[key] = (state.Form, [.. state.Bytes], etag);
        }
        writes.AddOrUpdate(key, 1, (_, n) => n + 1);
        if (after) throw new IOException("the connection broke");
        (grainState.ETag, grainState.RecordExists) = (etag, true);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    static string Key(string stateName, GrainId grain) => $"{stateName}:{grain.Key}";
}
