using System.Globalization;
using System.Text;

namespace Descent.Data.Tests.Sources;

/// <summary>Several files are one input: the same rows in three files are the same rows, and places name the right file and line.</summary>
public sealed class SeveralFilesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) ? TempFile.Gzip(Encoding.UTF8.GetBytes(text))
            : Encoding.UTF8.GetBytes(text));
        return path;
    }

    static string Rows(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{i % 2},{Math.Sqrt(i):R},{(i % 3 == 0 ? "red" : "blue")}\n")));

    [Fact]
    public void A_table_in_three_files_is_the_table_in_one()
    {
        const string Header = "y,x,colour\n";
        string one = Write("one.csv", Header + Rows(0, 5000));
        Write("part1.csv", Header + Rows(0, 1200));
        Write("part2.csv.gz", Header + Rows(1200, 1201));
        // The last line of a file needs no line feed.
        Write("part3.csv", Header + Rows(1201, 5000).TrimEnd('\n'));
        Table whole = CsvReader.Read([one]), parts = CsvReader.Read([Path.Combine(folder, "part?.csv*")]);
        Assert.Equal(whole.RowCount, parts.RowCount);
        Assert.Equal(whole.Columns[1].Numbers.ToArray(), parts.Columns[1].Numbers.ToArray());
        Assert.Equal(whole.Columns[2].Codes.ToArray(), parts.Columns[2].Codes.ToArray());
        Assert.Equal(whole.Columns[2].Levels, parts.Columns[2].Levels);
    }

    [Fact]
    public void Sparse_rows_in_three_files_are_the_rows_in_one()
    {
        string[] lines = [.. Enumerable.Range(1, 900).Select(i => $"{i % 2} {i}:{i * 0.5} {i + 7}:1")];
        string one = Write("one.svm", string.Join('\n', lines));
        Write("b.svm", string.Join('\n', lines[300..600]));
        Write("a.svm", string.Join('\n', lines[..300]) + "\n");
        Write("c.svm", string.Join('\n', lines[600..]));
        File.Move(one, one = Path.Combine(folder, "whole"));
        SparseData<double> whole = LibsvmReader.Read<double>([one]), parts = LibsvmReader.Read<double>([Path.Combine(folder, "*.svm")]);
        Assert.Equal(whole.Labels, parts.Labels);
        for (int i = 0; i < 900; i++)
        {
            Assert.Equal(whole.Rows.IndicesOf(i).ToArray(), parts.Rows.IndicesOf(i).ToArray());
            Assert.Equal(whole.Rows.ValuesOf(i).ToArray(), parts.Rows.ValuesOf(i).ToArray());
        }
    }

    [Fact]
    public void A_place_names_its_file_and_its_line()
    {
        string good = Write("a.csv", "y,x\n1,2\n0,3\n"), bad = Write("b.csv", "y,x\n1,2\n0,three\n");
        Assert.Contains($"{bad}, line 3, column 'x'", Assert.Throws<DataException>(() => CsvReader.Read([good, bad])).Message,
            StringComparison.Ordinal);
        string rows = Write("a.svm", "1 1:1\n0 2:1\n"), wrong = Write("b.svm", "1 1:1\n0 2;1\n");
        Assert.Contains($"{wrong}, line 2, character 3", Assert.Throws<DataException>(() => LibsvmReader.Read<double>([rows, wrong]))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_have_to_agree()
    {
        string first = Write("a.csv", "y,x\n1,2\n"), other = Write("b.csv", "y,z\n1,2\n");
        string said = Assert.Throws<DataException>(() => CsvReader.Read([first, other])).Message;
        Assert.Contains(other, said, StringComparison.Ordinal);
        Assert.Contains("expected those of the first file", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_said()
    {
        Write(".hidden.csv", "y,x\n1,2\n");
        Assert.Contains("no file matches", Assert.Throws<DataException>(() => CsvReader.Read([Path.Combine(folder, "*.csv")])).Message,
            StringComparison.Ordinal);
        Assert.Contains("not of folders", Assert.Throws<DataException>(() => CsvReader.Read([Path.Combine(folder, "*", "a.csv")]))
            .Message, StringComparison.Ordinal);
        // A file whose name has such a sign is that file.
        Assert.Equal(1, CsvReader.Read([Write("odd[*].csv", "y,x\n1,2\n")]).RowCount);
    }
}
