using System.Diagnostics;
using System.Text;
using Descent.Data.Files;

namespace Descent.Data.Tests.Files;

public sealed class WriterTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-writer").FullName;

    string In(string name) => Path.Combine(folder, name);

    static void Write(string path, string text) => FileWriter.Write(LocalFileSystem.Instance, path, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_link_is_written_through()
    {
        File.WriteAllText(In("target"), "old");
        File.CreateSymbolicLink(In("one"), "target");
        File.CreateSymbolicLink(In("two"), In("one"));
        Write(In("two"), "new");
        Assert.Equal(("new", "target"), (File.ReadAllText(In("target")), new FileInfo(In("one")).LinkTarget));
        File.CreateSymbolicLink(In("dangling"), "born");
        Write(In("dangling"), "new");
        Assert.Equal("new", File.ReadAllText(In("born")));
    }

    [Fact]
    public void A_loop_of_links_is_an_error_that_names_the_path()
    {
        File.CreateSymbolicLink(In("one"), "two");
        File.CreateSymbolicLink(In("two"), "one");
        Assert.StartsWith(In("one") + ": cannot be written", Assert.Throws<IOException>(() => Write(In("one"), "x")).Message,
            StringComparison.Ordinal);
    }

    // CWE-59: the old fixed name OUT.part could be a link to anything.
    [Fact]
    public void A_link_under_the_name_of_an_old_part_file_is_left_alone()
    {
        File.WriteAllText(In("victim"), "mine");
        File.CreateSymbolicLink(In("m.json.part"), "victim");
        Write(In("m.json"), "new");
        Assert.Equal(("mine", "new"), (File.ReadAllText(In("victim")), File.ReadAllText(In("m.json"))));
    }

    [Fact]
    public void A_new_file_is_created_exclusively()
    {
        File.CreateSymbolicLink(In("link"), "victim");
        Assert.Throws<IOException>(() => LocalFileSystem.Instance.Create(In("link"), null));
        Assert.False(File.Exists(In("victim")));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite
        | UnixFileMode.UserExecute)]
    public void The_mode_is_kept(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(In("m"), "old");
        File.SetUnixFileMode(In("m"), mode);
        Write(In("m"), "new");
        Assert.Equal(mode, File.GetUnixFileMode(In("m")));
    }

    [Fact]
    public void Hard_links_are_one_file()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(In("a"), "x");
        using (Process p = Process.Start("ln", [In("a"), In("b")])) p.WaitForExit();
        File.WriteAllText(In("c"), "x");
        PathFacts a = LocalFileSystem.Instance.Look(In("a")), b = LocalFileSystem.Instance.Look(In("b")),
            c = LocalFileSystem.Instance.Look(In("c"));
        Assert.NotNull(a.Identity);
        Assert.Equal(a, b);
        Assert.NotEqual(a.Identity, c.Identity);
        Assert.Equal(1, a.Length);
    }

    [Theory]
    [InlineData("/dev/null", "Stream")]
    [InlineData("/dev", "Folder")]
    [InlineData("/dev/there/is/nothing", "Missing")]
    public void Kinds_are_told_apart(string path, string kind)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(kind, LocalFileSystem.Instance.Look(path).Kind.ToString());
    }

    [Fact]
    public void A_device_is_written_through_and_a_full_one_named()
    {
        if (!OperatingSystem.IsLinux()) return;
        Write("/dev/null", "x");
        Assert.Equal(PathKind.Stream, LocalFileSystem.Instance.Look("/dev/null").Kind);
        Assert.Equal("/dev/full: cannot be written (No space left on device)",
            Assert.Throws<IOException>(() => Write("/dev/full", "x")).Message);
    }

    [Fact]
    public async Task A_pipe_is_written_through()
    {
        if (!OperatingSystem.IsLinux()) return;
        using (Process p = Process.Start("mkfifo", [In("pipe")])) p.WaitForExit();
        Task<string> reader = Task.Run(() => File.ReadAllText(In("pipe")));
        Write(In("pipe"), "through");
        Assert.Equal("through", await reader);
        Assert.Equal(PathKind.Stream, LocalFileSystem.Instance.Look(In("pipe")).Kind);
    }

    [Fact]
    public void Folders_empty_and_zero_paths_are_refused()
    {
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => Write(folder, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => Write(In("new/"), "x")).Message, StringComparison.Ordinal);
        Assert.Contains("is no path", Assert.Throws<IOException>(() => Write("", "x")).Message, StringComparison.Ordinal);
        Assert.Contains("is no path", Assert.Throws<IOException>(() => Write("a\0b", "x")).Message, StringComparison.Ordinal);
        File.WriteAllText(In("file"), "");
        Assert.Contains(In("file"), Assert.Throws<IOException>(() => FileWriter.Probe(LocalFileSystem.Instance, In("file/below"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_folders_are_made_by_writing_and_not_by_looking()
    {
        FileWriter.Probe(LocalFileSystem.Instance, In("a/b/c.txt"));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Write(In("a/b/c.txt"), "x");
        Assert.Equal("x", File.ReadAllText(In("a/b/c.txt")));
    }

    [Fact]
    public void A_folder_with_a_stranger_is_left_alone()
    {
        Directory.CreateDirectory(In("run"));
        File.WriteAllText(In("run/notes.txt"), "mine");
        Exception e = Assert.Throws<IOException>(
            () => FolderWriter.Write(LocalFileSystem.Instance, In("run"), [("a", o => o.Write("x"u8))], n => n == "a"));
        Assert.Contains("holds 'notes.txt'", e.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(In("run/notes.txt")));
    }

    [Fact]
    public void A_long_name_fits()
    {
        string name = new('n', 250);
        Write(In(name), "x");
        Assert.Equal("x", File.ReadAllText(In(name)));
    }

    [Fact]
    public void Two_writers_at_once_leave_one_whole_file()
    {
        string path = In("shared");
        System.Threading.Tasks.Parallel.For(0, 40, i => Write(path, new string((char)('a' + (i % 26)), 10_000)));
        string text = File.ReadAllText(path);
        Assert.Equal(10_000, text.Length);
        Assert.Single(text.Distinct());
        Assert.Equal(path, Directory.GetFileSystemEntries(folder).Single());
    }

    public void Dispose() => Directory.Delete(folder, true);
}
