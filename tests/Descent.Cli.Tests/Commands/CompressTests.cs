using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

public sealed class CompressTests
{
    static readonly string[] Iris = ["fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--features",
        "sepal_length,petal_length", "--model", "logistic", "--l2", "0.1"];

    // A batch of all rows in three parts draws nothing, so that a constant step reaches any gap: error feedback loses nothing.
    [Theory]
    [InlineData("topk:0.4", "3 parts travel as topk:0.4 with error feedback, 24 bytes a step each instead of 24")]
    [InlineData("sign", "3 parts travel as sign with error feedback, 9 bytes a step each instead of 24")]
    [InlineData("half", "3 parts travel as half with error feedback, 10 bytes a step each instead of 24")]
    public void Compressed_gradients_reach_the_gap_and_their_bytes_are_said(string compression, string said)
    {
        JsonElement fit = Cli.Json([.. Iris, "--standardize", "--method", "sgd", "--batch", "150", "--micro-batches", "3", "--lr", "0.3",
            "--compress", compression, "--gap", "1e-6", "--epochs", "2000"]);
        Assert.Equal("Converged", fit.GetProperty("outcome").GetString());
        Assert.Contains(fit.GetProperty("values").EnumerateArray(), v => v.GetString()!.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_takes_them_too()
    {
        var (code, text, error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species", "--model", "mlp", "--hidden", "4",
            "--method", "adam", "--batch", "50", "--micro-batches", "2", "--compress", "topk:0.1", "--epochs", "3");
        Assert.True(code == 0, error);
        // 4·4 + 4 + 4·3 + 3 weights in single precision, four of them kept.
        Assert.Contains("2 parts travel as topk:0.1 with error feedback, 32 bytes a step each instead of 140", text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method sgd --compress top", "--compress is 'top'; expected topk:SHARE, sign or half, for example topk:0.01.")]
    [InlineData("--method sgd --compress topk:2", "--compress is 'topk:2'; expected a share above 0 and at most 1, for example topk:0.01.")]
    [InlineData("--method lbfgs --compress sign", "--compress means nothing to --method lbfgs")]
    [InlineData("--method svrg --compress sign", "--compress means nothing to --method svrg")]
    [InlineData("--method sgd --batch full --compress sign", "--compress is for gradients of batches")]
    [InlineData("--method parameter-server --set servers=1", "this process is alone: start several by mpirun or srun")]
    [InlineData("--method parameter-server --set servers=1,lag=2", "lag of parameter-server means nothing with servers")]
    public void Misuse_is_a_usage_error(string options, string expected)
    {
        var (code, _, error) = Cli.Run([.. Iris, .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
