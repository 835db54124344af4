using System.Globalization;

namespace Descent.Data.Caching;

/// <summary>Tables from their cache or their text: a section a column.</summary>
static class TableCache
{
    /// <summary>Reads and closes opened inputs, or maps what was kept of them.</summary>
    /// <exception cref="DataException">The text cannot be read.</exception>
    public static Table Read(IReadOnlyList<DataSource> sources, CsvOptions options, CacheSpec spec, List<string> notes)
    {
        if (TableReader.IsJson(sources, options))
        {
            if (spec.Write) notes.Add("JSON lines are not kept in a cache; write them as CSV for one");
            return TableReader.Read(sources, options);
        }
        // Which columns are needed is asked of the names, once the header has been read.
        List<(string[] Names, bool Needed)> asked = [];
        Func<IReadOnlyList<string>, bool> wanted = options.Wanted ?? (_ => true);
        CsvOptions watched = options with
        {
            Wanted = names =>
            {
                bool needed = wanted(names);
                asked.Add(([.. names], needed));
                return needed;
            },
        };
        return Cached.Of(KeyOf(sources, options, spec), spec, notes, file => Load(file, options, wanted),
            () => CsvReader.Read(sources, watched),
            (to, table) => Save(to, table, asked));
    }

    /// <summary>Whether a cache lies where it would be looked for; whether it is good is not asked.</summary>
    public static bool IsThere(IReadOnlyList<DataSource> sources, CsvOptions options, CacheSpec spec) =>
        spec.Use && !TableReader.IsJson(sources, options) && KeyOf(sources, options, spec) is { } key
            && Files.LocalFileSystem.Stamp(key.Path) is not null;

    static CacheKey? KeyOf(IReadOnlyList<DataSource> sources, CsvOptions options, CacheSpec spec)
    {
        string how = string.Create(CultureInfo.InvariantCulture, $"{(int)options.Separator} {options.Header} {(int)options.Decimal} "
            + $"{options.SkipLines} {options.Missing} {options.SkipBadRows} {options.NumbersOnly}\n{Words(options.MissingWords)}\n"
            + $"{Words(options.MissingOf.Select(m => $"{m.Key}={m.Value}"))}\n"
            + $"{Words(options.NeverFilled)}\n{Words(options.TextColumns)}\n{Words(options.NumberColumns)}");
        return CacheKey.Of(sources, "table", how, spec);
    }

    static string Words(IEnumerable<string> words) => string.Join('\t', words.Order(StringComparer.Ordinal));

    static void Save(CacheWriter to, Table table, List<(string[] Names, bool Needed)> asked)
    {
        BinaryWriter w = to.Header;
        w.Write(asked.Count);
        foreach (var (names, needed) in asked)
        {
            Write(w, names);
            w.Write(needed);
        }
        w.Write(table.Source);
        Write(w, table.AllNames);
        w.Write(table.RowCount);
        w.Write(table.Separator);
        w.Write(table.DecimalSign);
        w.Write(table.HasHeader);
        w.Write(table.LinesBefore);
        w.Write(table.Skipped);
        WriteGaps(w, table);
        w.Write(table.FirstSkip ?? "");
        Write(w, table.Notes);
        w.Write(table.Bytes);
        w.Write(table.Encoding);
        w.Write(table.Columns.Count);
        foreach (Column c in table.Columns)
        {
            w.Write(c.Name);
            Write(w, c.Aliases);
            w.Write(c.IsUnnamed);
            w.Write(c.Missing);
            w.Write(c.IsText);
            Write(w, c.IsText ? c.Levels : []);
            if (c.IsText) to.Add(c.codes, table.RowCount);
            else to.Add(c.numbers, table.RowCount);
        }
    }

    static Table? Load(CacheFile from, CsvOptions options, Func<IReadOnlyList<string>, bool> wanted)
    {
        BinaryReader r = from.Header;
        for (int asked = r.ReadInt32(); asked > 0; asked--)
            if (wanted(Read(r)) != r.ReadBoolean()) return null;
        string source = r.ReadString();
        List<string> names = Read(r);
        int rows = r.ReadInt32();
        char separator = r.ReadChar(), sign = r.ReadChar();
        bool header = r.ReadBoolean();
        int linesBefore = r.ReadInt32(), skipped = r.ReadInt32();
        int left = r.ReadInt32();
        if (left < 0 || left > (r.BaseStream.Length - r.BaseStream.Position) / sizeof(int))
            throw new InvalidDataException($"{left} rows that are left out do not fit in its header");
        int[] gaps = new int[left];
        for (int i = 0; i < gaps.Length; i++) gaps[i] = r.ReadInt32();
        string first = r.ReadString();
        List<string> notes = Read(r);
        long bytes = r.ReadInt64();
        string encoding = r.ReadString();
        List<Column> columns = [];
        int count = r.ReadInt32();
        for (int c = 0; c < count; c++)
        {
            string name = r.ReadString();
            List<string> aliases = Read(r);
            (bool unnamed, int missing, bool text) = (r.ReadBoolean(), r.ReadInt32(), r.ReadBoolean());
            List<string> levels = Read(r);
            Column column = text ? Column.Borrowed(name, aliases, unnamed, missing, from.Section<int>(c), levels)
                : Column.Borrowed(name, aliases, unnamed, missing, from.Section<double>(c));
            if ((text ? column.Codes.Length : column.Numbers.Length) != rows)
                throw new InvalidDataException("its columns differ in length");
            columns.Add(column);
        }
        if (columns.Count == 0 && rows != 0) throw new InvalidDataException("it has rows and no columns");
        Table table = new(source, columns, names, new CellText(options.MissingWords, sign), rows)
        {
            Separator = separator,
            HasHeader = header,
            LinesBefore = linesBefore,
            Skipped = skipped,
            FirstSkip = first.Length == 0 ? null : first,
            Notes = notes,
            Bytes = bytes,
            Encoding = encoding,
        };
        table.WithGaps(gaps);
        return table;
    }

    // The numbers that no row has, as few as the rows that were left out.
    static void WriteGaps(BinaryWriter w, Table table)
    {
        List<int> gaps = [];
        for (int i = 0, next = 0; i < table.RowCount; i++, next++)
            for (; next < table.RowNumber(i) - 1; next++) gaps.Add(next);
        w.Write(gaps.Count);
        foreach (int gap in gaps) w.Write(gap);
    }

    static void Write(BinaryWriter w, IReadOnlyList<string> words)
    {
        w.Write(words.Count);
        foreach (string s in words) w.Write(s);
    }

    static List<string> Read(BinaryReader r)
    {
        int count = r.ReadInt32();
        List<string> words = [];
        for (int k = 0; k < count; k++) words.Add(r.ReadString());
        return words;
    }
}
