using System.Text;
using Descent.Data.Files;

namespace Descent.Data.Tests.Files;

/// <summary>The writer with every call of the file system failing in turn, and killed at it:
/// the calls are counted by a run without a fault, so that none is left out.</summary>
public sealed class WriterFaultTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-faults").FullName;

    string In(string name) => Path.Combine(folder, name);

    static readonly byte[] Old = Encoding.UTF8.GetBytes("old " + new string('o', 5000)),
        New = Encoding.UTF8.GetBytes("new " + new string('n', 9000));

    static void Put(IFileSystem files, string path) => FileWriter.Write(files, path, o =>
    {
        o.Write(New.AsSpan(0, 4000));
        o.Write(New.AsSpan(4000));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_is_the_old_one_or_the_new_one_at_every_fault(bool exists)
    {
        string path = In("out.json");
        foreach (bool kill in new[] { false, true })
        {
            for (int point = 0; ; point++)
            {
                Reset();
                if (exists) File.WriteAllBytes(path, Old);
                FaultyFiles files = new(point, kill);
                Exception? e = Record.Exception(() => Put(files, path));
                if (point >= files.Calls.Count)
                {
                    Assert.Null(e);
                    Assert.Equal(New, File.ReadAllBytes(path));
                    // Create, two writes, flush, rename, flush of the folder; the file that is there is opened first.
                    Assert.Equal(exists ? 7 : 6, point);
                    break;
                }
                string what = $"{files.Calls[point]} (call {point}), {(kill ? "killed" : "failed")}";
                bool renamed = files.Calls.Take(point).Contains("rename");
                Assert.True(File.Exists(path) == (exists || renamed), what);
                if (File.Exists(path)) Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(renamed ? New : Old), what);
                if (kill) continue;
                Assert.StartsWith($"{path}: cannot be written (No space left on device)", Assert.IsType<IOException>(e).Message,
                    StringComparison.Ordinal);
                Assert.True(Directory.GetFileSystemEntries(folder).All(f => f == path), what + " left something behind");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_is_the_old_one_or_the_new_one_at_every_fault(bool exists)
    {
        string path = In("run");
        string[] names = ["a.txt", "b.txt", "c.txt"];
        (string, Action<IOutputStream>)[] entries = [.. names.Select(n => (n, (Action<IOutputStream>)(o => o.Write(New))))];
        foreach (bool kill in new[] { false, true })
        {
            for (int point = 0; ; point++)
            {
                Reset();
                if (exists)
                {
                    Directory.CreateDirectory(path);
                    foreach (string n in names) File.WriteAllBytes(Path.Combine(path, n), Old);
                }
                FaultyFiles files = new(point, kill);
                Exception? e = Record.Exception(() => FolderWriter.Write(files, path, entries, names.Contains));
                if (point >= files.Calls.Count)
                {
                    Assert.Null(e);
                    break;
                }
                string what = $"{files.Calls[point]} (call {point}), {(kill ? "killed" : "failed")}";
                bool changed = files.Calls.Take(point).Any(c => c is "rename" or "exchange");
                Assert.True(Directory.Exists(path) == (exists || changed), what);
                if (Directory.Exists(path))
                {
                    Assert.Equal(names, Directory.GetFiles(path).Select(Path.GetFileName).Order());
                    Assert.All(names,
                        n => Assert.True(File.ReadAllBytes(Path.Combine(path, n)).AsSpan().SequenceEqual(changed ? New : Old), what));
                }
                // What the old folder left cannot always be removed; that is no failure of the new one.
                if (!kill && !changed) Assert.Contains(path, Assert.IsType<IOException>(e).Message, StringComparison.Ordinal);
                if (!kill && !changed)
                    Assert.True(Directory.GetFileSystemEntries(folder).All(f => f == path), what + " left something behind");
            }
        }
    }

    [Fact]
    public void What_is_looked_at_before_the_work_is_unchanged_at_every_fault()
    {
        string path = In("out.json");
        File.WriteAllBytes(path, Old);
        for (int point = 0; ; point++)
        {
            FaultyFiles files = new(point, kill: false);
            Exception? e = Record.Exception(() => FileWriter.Probe(files, path));
            Assert.Equal(Old, File.ReadAllBytes(path));
            if (point >= files.Calls.Count) break;
            Assert.Contains(path, Assert.IsType<IOException>(e).Message, StringComparison.Ordinal);
            // Only what cannot be deleted stays.
            Assert.Equal(files.Calls[point] == "delete" ? 2 : 1, Directory.GetFileSystemEntries(folder).Length);
            foreach (string part in Directory.GetFiles(folder, ".descent-*")) File.Delete(part);
        }
    }

    [Fact]
    public void A_fault_of_the_content_leaves_the_old_file()
    {
        string path = In("out.json");
        File.WriteAllBytes(path, Old);
        Assert.Throws<FormatException>(() => FileWriter.Write(LocalFileSystem.Instance, path, o =>
        {
            o.Write(New);
            throw new FormatException();
        }));
        Assert.Equal(Old, File.ReadAllBytes(path));
        Assert.Equal(path, Directory.GetFileSystemEntries(folder).Single());
    }

    void Reset()
    {
        Directory.Delete(folder, true);
        Directory.CreateDirectory(folder);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
