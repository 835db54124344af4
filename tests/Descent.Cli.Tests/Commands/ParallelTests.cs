namespace Descent.Cli.Tests.Commands;

/// <summary>What the command says of methods with several workers, and what it refuses to promise.</summary>
public class ParallelTests
{
    [Fact]
    public void Hogwild_is_labelled_and_neither_resumed_nor_verified()
    {
        Assert.Contains("NOT deterministic on more than one thread", Cli.Run("methods", "hogwild").Out, StringComparison.Ordinal);
        Assert.Contains("hogwild is NOT deterministic", Cli.Run("methods").Out, StringComparison.Ordinal);
        string run = Path.Combine(Directory.CreateTempSubdirectory("descent-parallel-").FullName, "run");
        (int code, string text, string error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--l2", "0.1",
            "--method", "hogwild", "--epochs", "3", "--threads", "2", "--run", run);
        Assert.True(code is 0 or 4, error);
        Assert.Contains("not deterministic: which updates a gradient has seen", text, StringComparison.Ordinal);
        Assert.Contains("updates were lost", text, StringComparison.Ordinal);
        (code, _, error) = Cli.Run("verify", run);
        Assert.Equal(2, code);
        Assert.Contains("hogwild is not deterministic on more than one thread", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local-sgd")]
    [InlineData("parameter-server")]
    public void Methods_with_virtual_workers_print_the_same_on_one_thread_and_on_three(string method)
    {
        string Fitted(string threads)
        {
            string model = Path.Combine(Directory.CreateTempSubdirectory("descent-parallel-").FullName, "m.json");
            (int code, _, string error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--l2", "0.1",
                "--method", method, "--epochs", "5", "--threads", threads, "--out", model);
            Assert.True(code is 0 or 4, error);
            // The command says how many threads it was given.
            return File.ReadAllText(model).Replace($"--threads {threads} ", "", StringComparison.Ordinal)
                .Replace(model, "", StringComparison.Ordinal);
        }
        Assert.Equal(Fitted("1"), Fitted("3"));
    }
}
