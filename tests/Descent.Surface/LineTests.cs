namespace Descent.Surface;

/// <summary>Lines end by column 140, in code and in prose: longer ones are not read to their ends.</summary>
public class LineTests
{
    [Fact]
    public void Lines_of_code_end_by_column_140() =>
        Assert.Equal([], new[] { "src", "tests", "samples", "bench" }.SelectMany(Repository.Sources).SelectMany(f => Long(f, _ => false)));

    // Tables cannot be broken; what stands between fences is a program's text or a formula's line.
    [Fact]
    public void Lines_of_prose_end_by_column_140()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories);
        Assert.Equal([], pages.Append(Path.Combine(Repository.Root, "README.md")).SelectMany(f =>
        {
            bool fenced = false;
            return Long(f, l => (l.StartsWith("```", StringComparison.Ordinal) && (fenced = !fenced)) | fenced | l.StartsWith('|'));
        }));
    }

    [Fact]
    public void Long_lines_are_found_and_columns_are_characters()
    {
        string path = Path.GetTempFileName();
        File.WriteAllLines(path, [new string('∇', 140), new string('x', 141), "| " + new string('x', 150), "𝔼" + new string('x', 139)]);
        Assert.Equal([2, 3], Long(path, _ => false).Select(l => l.Line));
        Assert.Equal([2], Long(path, l => l.StartsWith('|')).Select(l => l.Line));
        File.Delete(path);
    }

    static IEnumerable<(string File, int Line, int Columns)> Long(string file, Func<string, bool> excepted)
    {
        string name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (excepted(line) || Columns(line) <= Prose.Columns || line.Contains("://", StringComparison.Ordinal)) continue;
            yield return (name, number, Columns(line));
        }
    }

    static int Columns(string line) => line.EnumerateRunes().Count();
}
