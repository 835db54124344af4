using System.Diagnostics;
using Descent.Data.Files;

namespace Descent.Cli.Tests.Output;

/// <summary>Destinations: what would be destroyed is refused before anything is read,
/// and what fails at the end takes no result with it.</summary>
public sealed class OutputTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-out").FullName;
    readonly string data;

    public OutputTests()
    {
        data = In("x.csv");
        File.Copy(Cli.Sample("iris.csv"), data);
    }

    string In(string name) => Path.Combine(folder, name);

    string[] Fit(params string[] more) => ["fit", data, "--target", "petal_length", "--quiet", .. more];

    void Refused(string message, params string[] command)
    {
        byte[] before = File.ReadAllBytes(data);
        string[] files = Directory.GetFileSystemEntries(folder);
        var (code, output, error) = Cli.Run(command);
        Assert.True(code == 1, $"exit code {code}: {output}{error}");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(before, File.ReadAllBytes(data));
        Assert.Equal(files, Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--report")]
    public void An_output_that_is_the_input_is_refused(string option)
    {
        Refused("which would be destroyed", Fit(option, data));
        Refused("which would be destroyed", Fit(option, Path.Combine(folder, "..", Path.GetFileName(folder), "x.csv")));
        File.CreateSymbolicLink(In("soft.csv"), "x.csv");
        Refused("which would be destroyed", Fit(option, In("soft.csv")));
        Directory.CreateSymbolicLink(In("there"), folder);
        Refused("which would be destroyed", Fit(option, In("there/x.csv")));
        if (!OperatingSystem.IsLinux()) return;
        using (Process p = Process.Start("ln", [data, In("hard.csv")])) p.WaitForExit();
        Refused("which would be destroyed", Fit(option, In("hard.csv")));
    }

    [Fact]
    public void Predictions_do_not_go_over_the_model_its_weights_or_the_data()
    {
        Cli.Run("fit", data, "--target", "species", "--model", "mlp", "--hidden", "2", "--epochs", "1", "--quiet", "--out", In("m.json"));
        string weights = Directory.GetFiles(folder, "m.json.*.safetensors").Single();
        foreach (string path in new[] { data, In("m.json"), weights })
            Refused("which would be destroyed", "predict", In("m.json"), data, "--out", path);
    }

    [Fact]
    public void Two_outputs_that_are_one_are_refused()
    {
        Refused("are one place", Fit("--out", In("a"), "--report", In("a")));
        Refused("are one place", Fit("--out", In("a"), "--run", In("a")));
        Refused("are one place", Fit("--out", In("a"), "--report", In("b/../a")));
        Refused("lie one in the other", Fit("--out", In("r/model.json"), "--run", In("r")));
        Refused("lie one in the other", Fit("--report", In("r/deep/report.html"), "--run", In("r")));
        Refused("Name it", Fit("--out", In("net.safetensors")));
        Refused("which would be replaced", Fit("--run", folder));
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--report")]
    [InlineData("--run")]
    public void Paths_that_are_none_are_refused(string option)
    {
        Refused($"{option} is empty", Fit(option, ""));
        Refused($"{option} holds a zero character", Fit(option, "a\0b"));
        Refused(In("x.csv"), Fit(option, In("x.csv/below")));
        if (option != "--run") Refused("is a folder", Fit(option, folder));
    }

    [Fact]
    public void Two_models_whose_names_differ_in_their_ending_have_weights_of_their_own()
    {
        string[] net = ["fit", data, "--target", "species", "--model", "mlp", "--epochs", "1", "--quiet"];
        Cli.Run([.. net, "--hidden", "2", "--out", In("a.json")]);
        string before = Cli.Run("predict", In("a.json"), data).Out;
        Cli.Run([.. net, "--hidden", "3", "--out", In("a.txt")]);
        Assert.Equal(before, Cli.Run("predict", In("a.json"), data).Out);
        Assert.NotEqual(before, Cli.Run("predict", In("a.txt"), data).Out);
    }

    [Fact]
    public void Weights_of_the_model_before_are_removed_and_those_of_others_stay()
    {
        string[] net = ["fit", data, "--target", "species", "--model", "mlp", "--epochs", "1", "--quiet"];
        File.WriteAllText(In("a.json.mine.safetensors"), "mine");
        Cli.Run([.. net, "--hidden", "2", "--out", In("a.json")]);
        string first = Directory.GetFiles(folder, "a.json.*.safetensors").Single(f => !f.Contains("mine", StringComparison.Ordinal));
        Cli.Run([.. net, "--hidden", "3", "--out", In("a.json")]);
        Assert.False(File.Exists(first));
        Assert.Equal(2, Directory.GetFiles(folder, "a.json.*.safetensors").Length);
        Assert.Equal(0, Cli.Run("predict", In("a.json"), data).Code);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_their_digest()
    {
        string[] net = ["fit", data, "--target", "species", "--model", "mlp", "--hidden", "2", "--epochs", "1", "--quiet"];
        Cli.Run([.. net, "--out", In("a.json")]);
        Cli.Run([.. net, "--seed", "2", "--out", In("b.json")]);
        string a = Directory.GetFiles(folder, "a.json.*.safetensors").Single(),
            b = Directory.GetFiles(folder, "b.json.*.safetensors").Single();
        File.Copy(b, a, overwrite: true);
        var (code, _, error) = Cli.Run("predict", In("a.json"), data);
        Assert.Equal(2, code);
        Assert.Contains("does not hold the weights that belong to", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_replaces_a_run_and_leaves_every_other_folder()
    {
        Assert.Equal(0,
            Cli.Run("fit", data, "--target", "species", "--model", "mlp", "--hidden", "2", "--epochs", "1", "--quiet", "--run",
                In("r")).Code);
        Assert.Equal(0, Cli.Run(Fit("--run", In("r"))).Code);
        Assert.Equal(["history.json", "model.json", "report.html", "result.json", "run.json", "trace.csv"],
            Directory.GetFiles(In("r")).Select(Path.GetFileName).Order());
        File.WriteAllText(In("r/notes.txt"), "mine");
        Refused("holds 'notes.txt'", Fit("--run", In("r")));
    }

    [Fact]
    public void A_destination_that_fails_at_the_end_takes_no_result_with_it()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (code, output, error) = Cli.Run(Fit("--out", "/dev/full"));
        Assert.Equal(1, code);
        Assert.StartsWith("F = 0.0331322", output, StringComparison.Ordinal);
        Assert.Contains("/dev/full: cannot be written (No space left on device). It was saved as ", error, StringComparison.Ordinal);
        string instead = error.Split("It was saved as ")[1].Split(" instead")[0];
        Assert.Equal(0, Cli.Run("predict", instead, data).Code);
        File.Delete(instead);
    }

    [Fact]
    public void Devices_are_written_through()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal(0, Cli.Run(Fit("--out", "/dev/null", "--report", "/dev/null")).Code);
        Assert.Equal(PathKind.Stream, LocalFileSystem.Instance.Look("/dev/null").Kind);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
