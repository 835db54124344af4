namespace Descent.Cli.Tests.Commands;

/// <summary>What a run ended by itself is worth: its certificate decides.</summary>
public class ResolutionTests
{
    static string Write(string name, string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent-resolution").FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    // A curvature of the columns out of range: Katyusha's recursion is made of it.
    [Fact]
    public void A_recursion_made_of_the_curvature_refuses_columns_out_of_range_as_data()
    {
        string data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "feat1e160.csv");
        var (code, _, error) = Cli.Run("fit", data, "--target", "y", "--method", "katyusha", "--epochs", "5");
        Assert.True(code == 2, $"{code}: {error}");
        Assert.Contains("measure it in another unit", error, StringComparison.Ordinal);
    }

    // Columns of zeros and no intercept: F is constant, and every point is an optimum.
    [Theory]
    [InlineData("katyusha")]
    [InlineData("saga")]
    [InlineData("adagrad-norm-delayed")]
    [InlineData("newton")]
    public void A_constant_objective_is_no_misuse(string method)
    {
        var (code, output, error) = Cli.Run("fit", Write("zero.csv", "x,z,y\n0,0,1\n0,0,2\n0,0,4\n0,0,3\n0,0,1\n"), "-t", "y",
            "--no-intercept", "--method", method, "--steps", "20");
        Assert.True(code is 0 or 4, $"{code}: {error}");
        Assert.Contains("F = 3.1", output, StringComparison.Ordinal);
    }

    // Two columns that cannot be told apart, on a scale where no bound can be proved: L-BFGS ends, and nothing says where.
    [Fact]
    public void An_end_without_a_certificate_is_not_called_converged()
    {
        // Poisson with more columns than a matrix is formed for: no bound without a penalty.
        Random draws = new(3);
        int d = 1200, n = 60;
        System.Text.StringBuilder text = new();
        for (int i = 0; i < n; i++)
        {
            text.Append(draws.Next(1, 9));
            for (int j = 1; j <= d; j += 40)
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $" {j + draws.Next(40)}:{draws.NextDouble():F3}");
            text.Append('\n');
        }
        var (code, output, error) = Cli.Run("fit", Write("wide.svm", text.ToString()), "--model", "poisson", "--method", "lbfgs");
        Assert.True(error.Length >= 0);
        string outcome = output.Split('\n').Single(l => l.StartsWith("Outcome", StringComparison.Ordinal)),
            certificate = output.Split('\n').Single(l => l.StartsWith("Certificate", StringComparison.Ordinal));
        bool proved = !certificate.Contains("No bound", StringComparison.Ordinal);
        Assert.Equal(proved, outcome.Contains("Converged", StringComparison.Ordinal));
        Assert.Equal(proved ? 0 : 4, code);
    }
}
