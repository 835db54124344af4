using Descent.Data.Files;

namespace Descent.Data.Caching;

/// <summary>Data from its cache, or read from text and then kept: the course that is the same for every form of data.</summary>
static class Cached
{
    /// <summary>From the cache, where it is good; from the text otherwise.</summary>
    /// <param name="key">Of what; null where nothing is kept.</param>
    /// <param name="spec">Whether caches are used and written.</param>
    /// <param name="notes">Takes what is said about it.</param>
    /// <param name="load">Makes the data of an opened cache; null where it is of other columns than are needed.</param>
    /// <param name="read">Reads the text.</param>
    /// <param name="save">Puts the data into a writer.</param>
    public static TData Of<TData>(CacheKey? key, CacheSpec spec, List<string> notes, Func<CacheFile, TData?> load, Func<TData> read,
        Action<CacheWriter, TData> save)
        where TData : class
    {
        if (key is null || !(spec.Use || spec.Write)) return read();
        if (spec.Use && Load(key, notes, load) is { } cached) return cached;
        TData data = read();
        if (!spec.Write || !BitConverter.IsLittleEndian) return data;
        CacheWriter writer = new();
        save(writer, data);
        try
        {
            // The digest has to be that of the content that was read.
            _ = key.Source;
            if (!key.IsOfToday)
            {
                notes.Add("no cache: the data was changed while it was read");
                return data;
            }
            writer.Write(LocalFileSystem.Instance, key);
            Leftovers.Remove(Path.GetDirectoryName(key.Path)!, CacheFile.Magic);
            notes.Add($"{key.Path}: cache written");
        }
        catch (IOException e)
        {
            // The fit does not need it.
            notes.Add($"no cache: {e.Message.TrimEnd('.')}");
        }
        return data;
    }

    static TData? Load<TData>(CacheKey key, List<string> notes, Func<CacheFile, TData?> load)
        where TData : class
    {
        CacheFile? file = CacheFile.Open(key, out string why);
        if (file is not null)
        {
            try
            {
                if (load(file) is { } data)
                {
                    notes.Add($"{key.Path}: read from the cache ({MemoryLimit.Size(file.Length)})");
                    return data;
                }
                why = "is of other columns";
            }
            catch (Exception e) when (CacheFile.IsDamage(e))
            {
                why = $"is damaged ({e.Message.TrimEnd('.')})";
            }
        }
        if (why.Length > 0) notes.Add($"{key.Path}: the cache {why}; the text is read again");
        return null;
    }
}
