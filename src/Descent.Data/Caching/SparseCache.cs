using System.Globalization;
using Descent.Data.Files;

namespace Descent.Data.Caching;

/// <summary>LIBSVM rows from their cache or their text.</summary>
static class SparseCache
{
    /// <summary>Reads and closes opened inputs, or maps what was kept of them.</summary>
    /// <exception cref="DataException">The text cannot be read.</exception>
    public static SparseData<double> Read(IReadOnlyList<DataSource> sources, LibsvmOptions options, CacheSpec spec,
        List<string> notes) =>
        Cached.Of(KeyOf(sources, options, spec), spec, notes, Load, () => LibsvmReader.Read<double>(sources, options), Save);

    /// <summary>Whether a cache lies where it would be looked for; whether it is good is not asked.</summary>
    public static bool IsThere(IReadOnlyList<DataSource> sources, LibsvmOptions options, CacheSpec spec) =>
        spec.Use && KeyOf(sources, options, spec) is { } key && LocalFileSystem.Stamp(key.Path) is not null;

    static CacheKey? KeyOf(IReadOnlyList<DataSource> sources, LibsvmOptions options, CacheSpec spec)
    {
        string how = string.Create(CultureInfo.InvariantCulture, $"{options.Columns} {options.SkipBadRows} {options.Limit} "
            + $"{options.ZeroBased} {options.NeedLabels} {options.Compact}");
        return CacheKey.Of(sources, "sparse rows", how, spec);
    }

    static void Save(CacheWriter to, SparseData<double> data)
    {
        (Slab<long> starts, Slab<int> indices, Slab<double> values) = data.Rows.Parts;
        to.Add<double>(data.Labels, data.Labels.Length);
        to.Add(starts, data.Rows.Count + 1L);
        to.Add(indices, data.Rows.Entries);
        to.Add(values, data.Rows.Entries);
        to.Add<int>(data.Numbers ?? [], data.Numbers?.Length ?? 0);
        to.Header.Write(data.Rows.Columns);
        to.Header.Write(data.TextColumns);
        to.Header.Write(data.ZeroBased);
        to.Header.Write(data.Bytes);
        to.Header.Write(data.Skipped);
        to.Header.Write(data.FirstSkip ?? "");
        to.Header.Write(data.Unlabelled);
    }

    static SparseData<double> Load(CacheFile from)
    {
        Slab<double> labels = from.Section<double>(0);
        Slab<int> numbers = from.Section<int>(4);
        int columns = from.Header.ReadInt32(), textColumns = from.Header.ReadInt32();
        CsrRows<double> rows = new(from.Section<long>(1), from.Section<int>(2), from.Section<double>(3), columns);
        if (columns < 1 || textColumns < columns) throw new InvalidDataException("its numbers of columns make no sense");
        if (rows.Count != labels.Length || (numbers.Length > 0 && numbers.Length != columns))
            throw new InvalidDataException("the lengths of its sections differ");
        RequireAscending(numbers, textColumns);
        bool zero = from.Header.ReadBoolean();
        long bytes = from.Header.ReadInt64();
        int skipped = from.Header.ReadInt32();
        string first = from.Header.ReadString();
        return new SparseData<double>(labels.Span(0, (int)labels.Length).ToArray(), rows, zero, bytes, skipped,
            first.Length == 0 ? null : first)
        {
            Numbers = numbers.Length == 0 ? null : numbers.Span(0, columns).ToArray(),
            TextColumns = textColumns,
            Unlabelled = from.Header.ReadInt32(),
        };
    }

    // The columns of the text that the columns here are, in their order.
    static void RequireAscending(Slab<int> numbers, int below)
    {
        for (long k = 0; k < numbers.Length; k++)
            if (numbers[k] < 0 || numbers[k] >= below || (k > 0 && numbers[k] <= numbers[k - 1]))
                throw new InvalidDataException($"its column {k + 1} stands for column {numbers[k]} of the text");
    }
}
