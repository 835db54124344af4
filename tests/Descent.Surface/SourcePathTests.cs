using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Descent.Surface;

/// <summary>A library and its symbols know their sources by names that are the same on every machine, as SourceLink has them.</summary>
public class SourcePathTests
{
    public static TheoryData<string> Libraries =>
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Descent*.dll").Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(n => n is not "Descent.Surface" && !n.EndsWith("Tests", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Sources_are_named_from_the_root_of_the_repository(string library)
    {
        string path = Path.Combine(AppContext.BaseDirectory, library + ".dll");
        using PEReader file = new(File.OpenRead(path));
        Assert.True(file.TryOpenAssociatedPortablePdb(path, p => File.Exists(p) ? File.OpenRead(p) : null,
            out MetadataReaderProvider? symbols, out _));
        using (symbols)
        {
            MetadataReader reader = symbols!.GetMetadataReader();
            string[] sources = [.. reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name))];
            Assert.NotEmpty(sources);
            Assert.All(sources, s => Assert.StartsWith("/_/", s, StringComparison.Ordinal));
        }
        foreach (string binary in (string[])[path, Path.ChangeExtension(path, ".pdb")])
            Assert.True(File.ReadAllBytes(binary).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)) < 0,
                $"{Path.GetFileName(binary)} holds {Repository.Root}");
    }
}
