using Descent.Data.Files;

namespace Descent.Data.Tests.Files;

/// <summary>The process is gone at this point: nothing after it happens, no cleaning up either.</summary>
sealed class KilledException : Exception;

/// <summary>The file system of this machine, with one of its calls that fails,
/// or at which the process is killed (half way through a write).</summary>
sealed class FaultyFiles(int point, bool kill) : IFileSystem
{
    readonly LocalFileSystem files = LocalFileSystem.Instance;
    bool dead;

    /// <summary>Calls that can fail, so far.</summary>
    public List<string> Calls { get; } = [];

    public string Resolve(string path) => Alive(() => files.Resolve(path));

    public PathFacts Look(string path) => Alive(() => files.Look(path));

    public IReadOnlyList<string> List(string folder) => Alive(() => files.List(folder));

    public IOutputStream Create(string path, UnixFileMode? mode) =>
        At("create", () => (IOutputStream)new Output(this, files.Create(path, mode)));

    public IOutputStream OpenStream(string path) => At("open", () => (IOutputStream)new Output(this, files.OpenStream(path)));

    public IOutputStream OpenEnd(string path) => At("open", () => (IOutputStream)new Output(this, files.OpenEnd(path)));

    public void RequireWritable(string path) => At("open", () => files.RequireWritable(path));

    public void Rename(string from, string to) => At("rename", () => files.Rename(from, to));

    public void Exchange(string one, string other) => At("exchange", () => files.Exchange(one, other));

    public void DeleteFile(string path) => At("delete", () => files.DeleteFile(path));

    public void CreateFolder(string path, UnixFileMode? mode) => At("create folder", () => files.CreateFolder(path, mode));

    public void DeleteFolder(string path) => At("delete folder", () => files.DeleteFolder(path));

    public void FlushFolder(string folder) => At("flush folder", () => files.FlushFolder(folder));

    T Alive<T>(Func<T> call) => dead ? throw new KilledException() : call();

    void At(string name, Action call) => At(name, () =>
    {
        call();
        return 0;
    });

    T At<T>(string name, Func<T> call, Action? half = null)
    {
        if (dead) throw new KilledException();
        Calls.Add(name);
        if (Calls.Count - 1 != point) return call();
        half?.Invoke();
        if (!kill) throw new IOException("No space left on device : '/somewhere/else'");
        dead = true;
        throw new KilledException();
    }

    sealed class Output(FaultyFiles owner, IOutputStream inner) : IOutputStream
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            byte[] all = bytes.ToArray();
            owner.At("write", () =>
            {
                inner.Write(all);
                return 0;
            }, half: () => inner.Write(all.AsSpan(0, all.Length / 2)));
        }

        public void Flush() => owner.At("flush", inner.Flush);

        public void Dispose() => inner.Dispose();
    }
}
