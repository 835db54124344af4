using Descent.Cli.Commands;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Data.Files;
using Descent.Fitting;
using Descent.Fitting.Design;
using Descent.Fitting.Export;
using Descent.Fitting.Fits;
using Descent.Runs;

namespace Descent.Cli.Tests.Commands;

/// <summary>Checkpoints in a run's folder: written, refused, gone on with, and made again.</summary>
public sealed class CheckpointTests : IDisposable
{
    readonly string work = Directory.CreateTempSubdirectory("descent-checkpoint-").FullName;

    string Folder => Path.Combine(work, "run");

    string[] Words =>
        ["fit", Path.Combine(work, "iris.csv"), "--target", "species=versicolor", "--features", "sepal_width,petal_width", "--l2", "0.01",
            "--method", "sgd",
        "--epochs", "30", "--run", Folder, "--quiet", "--checkpoint", "steps=200"];

    public CheckpointTests() => File.Copy(Cli.Sample("iris.csv"), Path.Combine(work, "iris.csv"));

    public void Dispose() => Directory.Delete(work, true);

    // The folder as a killed process leaves it: with the state of some step and nothing else.
    void Killed(string? version = null)
    {
        FitArguments? asked = null;
        Program.Root(a => (asked = a, 0).Item2).Root.Parse(Words).Invoke();
        LoadedData data = DataLoader.Load(asked!.Spec);
        RunRecord record = CheckpointKeeper.RecordOf(asked.Words, data);
        CheckpointKeeper keeper = new(Folder, version is null ? record : record with { Version = version }, false);
        Fitter fitter = Fitter.Of(asked.Spec, data);
        int kept = 0;
        fitter.Checkpoints = asked.Checkpoints! with { Keep = s => { if (kept++ < 9) keeper.Keep(s, true); } };
        fitter.Run(default, null);
        Assert.True(kept > 9);
        Assert.Equal(["checkpoint.bin", "run.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
    }

    string Expected()
    {
        Assert.Equal(0, Cli.Run(Words).Code);
        string model = File.ReadAllText(Path.Combine(Folder, "model.json"));
        Directory.Delete(Folder, true);
        return model;
    }

    [Fact]
    public void A_killed_run_goes_on_to_the_same_bytes_and_can_be_made_again()
    {
        string model = Expected();
        Killed();
        // What a process leaves that is killed while it writes the next one.
        File.WriteAllText(Path.Combine(Folder, Path.GetFileName(OutputPlace.Of(Destination.Files, Folder).NewPart())), "half");
        var (code, _, error) = Cli.Run("resume", Folder, "--threads", "2");
        Assert.True(code == 0, error);
        Assert.Equal(model, File.ReadAllText(Path.Combine(Folder, "model.json")));
        Assert.False(File.Exists(Path.Combine(Folder, "checkpoint.bin")));
        Assert.Contains("nothing to go on with", Cli.Run("resume", Folder).Out, StringComparison.Ordinal);
        Assert.Contains("the same bytes", Cli.Run("verify", Folder).Out, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, "model.json"), model.Replace("0.", "1.", StringComparison.Ordinal));
        (code, string said, _) = Cli.Run("verify", Folder);
        Assert.Equal(2, code);
        Assert.Contains("model.json came out otherwise", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_or_another_version_is_refused()
    {
        Killed("0.0.1");
        Refused("0.0.1");
        Directory.Delete(Folder, true);
        Killed();
        string path = Path.Combine(work, "iris.csv"), all = File.ReadAllText(path);
        File.WriteAllText(path, all.Replace("3.5", "3.6", StringComparison.Ordinal));
        Refused("digest");
        File.WriteAllText(path, all);
        Assert.Equal(0, Cli.Run("resume", Folder).Code);
    }

    void Refused(string word)
    {
        var (code, _, error) = Cli.Run("resume", Folder);
        Assert.Equal(2, code);
        Assert.Contains(word, error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "checkpoint.bin")));
    }

    // Every byte of the file changed, and every end cut off.
    [Fact]
    public void No_damaged_checkpoint_is_accepted()
    {
        Killed();
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, "checkpoint.bin"));
        _ = CheckpointFile.Parse(bytes, "x");
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<DataException>(() => CheckpointFile.Parse(bytes, "x"));
            bytes[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<DataException>(() => CheckpointFile.Parse(bytes[..i], "x"));
        }
        File.WriteAllBytes(Path.Combine(Folder, "checkpoint.bin"), bytes[..^1]);
        Assert.Equal(2, Cli.Run("resume", Folder).Code);
    }

    [Theory]
    [InlineData("--checkpoint every=10s", "--run")]
    [InlineData("--checkpoint every=0s --run r", "every=TIME")]
    [InlineData("--checkpoint 10 --run r", "'10'")]
    [InlineData("--checkpoint steps=1.5 --run r", "'steps=1.5'")]
    [InlineData("--checkpoint epochs=-1 --run r", "'epochs=-1'")]
    [InlineData("--checkpoint steps=5 --run r --repeat 2", "--repeat")]
    [InlineData("--checkpoint steps=5 --run r --fix", "--fix")]
    [InlineData("--checkpoint steps=5 --run r --path 5", "--path")]
    public void What_cannot_be_kept_is_refused(string words, string expected)
    {
        var (code, _, error) = Cli.Run(["fit", Path.Combine(work, "iris.csv"), "--target", "species", .. words.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resume", 1)]
    [InlineData("verify", 2)]
    public void A_folder_that_is_none_is_refused(string command, int expected)
    {
        Assert.Equal(expected, Cli.Run(command, Path.Combine(work, "nowhere")).Code);
        Directory.CreateDirectory(Folder);
        Assert.Equal(2, Cli.Run(command, Folder).Code);
    }

    [Fact]
    public void An_interrupted_run_leaves_its_state_with_its_model()
    {
        string model = Expected();
        FitArguments? asked = null;
        Program.Root(a => (asked = a, 0).Item2).Root.Parse(Words).Invoke();
        LoadedData data = DataLoader.Load(asked!.Spec);
        CheckpointKeeper keeper = new(Folder, CheckpointKeeper.RecordOf(asked.Words, data), false);
        Fitter fitter = Fitter.Of(asked.Spec, data);
        using CancellationTokenSource stop = new();
        fitter.Checkpoints = new Checkpoints { Keep = s => keeper.Keep(s, false) };
        Fitted fit = fitter.Run(stop.Token, p => { if (p.Epochs > 12) stop.Cancel(); });
        Assert.Equal(OutcomeKind.Interrupted, fit.Outcome.Kind);
        RunFolder.Write(Folder, fit, 130, s => s, null, keeper.Record, keeper.Last);
        Assert.NotEqual(model, File.ReadAllText(Path.Combine(Folder, "model.json")));
        var (unfinished, _, why) = Cli.Run("verify", Folder);
        Assert.Equal(2, unfinished);
        Assert.Contains("descent resume", why, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("resume", Folder).Code);
        Assert.Equal(model, File.ReadAllText(Path.Combine(Folder, "model.json")));
    }
}
