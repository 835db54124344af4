using System.Text.RegularExpressions;

namespace Descent.Surface;

/// <summary>The folders of src as rooms, and which type stands in which, by the files that declare them.</summary>
static partial class Rooms
{
    static readonly Lazy<Dictionary<string, string>> all = new(Read);

    /// <summary>The room of a top-level type by its full name; null for a stranger.</summary>
    public static string? Of(string type) => all.Value.GetValueOrDefault(type);

    /// <summary>Arrows between rooms, each with the types of one example.</summary>
    public static SortedDictionary<(string From, string To), string> Arrows(IEnumerable<(string From, string To)> references)
    {
        SortedDictionary<(string From, string To), string> arrows = [];
        foreach (var (from, to) in references)
            if (Of(from) is { } a && Of(to) is { } b && a != b) arrows.TryAdd((a, b), $"{from} refers to {to}");
        return arrows;
    }

    /// <summary>Rooms that can be reached from themselves: a round trip, room by room; null when there is none.</summary>
    public static IReadOnlyList<string>? RoundTrip(IEnumerable<(string From, string To)> arrows)
    {
        ILookup<string, string> next = arrows.ToLookup(a => a.From, a => a.To);
        HashSet<string> done = [];
        List<string> path = [];
        return next.Select(g => g.Key).Select(Visit).FirstOrDefault(p => p is not null);

        IReadOnlyList<string>? Visit(string room)
        {
            int at = path.IndexOf(room);
            if (at >= 0) return [.. path[at..], room];
            if (!done.Add(room)) return null;
            path.Add(room);
            IReadOnlyList<string>? trip = next[room].Select(Visit).FirstOrDefault(p => p is not null);
            path.RemoveAt(path.Count - 1);
            return trip;
        }
    }

    static Dictionary<string, string> Read()
    {
        Dictionary<string, string> rooms = new(StringComparer.Ordinal);
        foreach (string file in Repository.Sources("src"))
        {
            string text = File.ReadAllText(file), space = Namespace().Match(text).Groups[1].Value;
            string room = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace('\\', '/');
            // Folders within a room are for order alone.
            room = string.Join('/', room.Split('/').Take(2));
            foreach (Match m in Declaration().Matches(text))
            {
                int generic = m.Groups[2].Length == 0 ? 0 : m.Groups[2].Value.Count(c => c == ',') + 1;
                rooms[$"{space}.{m.Groups[1].Value}{(generic > 0 ? $"`{generic}" : "")}"] = room;
            }
        }
        return rooms;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public |internal |file )?"
        + @"(?:(?:sealed|static|abstract|readonly|partial|ref|unsafe) )*"
        + @"(?:class|record struct|record|struct|interface|enum) (\w+)(<[^>(]*>)?", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
