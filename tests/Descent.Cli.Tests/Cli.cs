using System.Globalization;
using System.Text.Json;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Descent.Cli.Tests;

/// <summary>Runs the program inside the test process and keeps what it printed.</summary>
static class Cli
{
    public static string Root { get; } = FindRoot();

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    /// <summary>The shared data sets; null when they are not there, which the caller says aloud.</summary>
    public static string? Shared(string name)
    {
        string path = Path.Combine(Root, "..", "shared", "data", name);
        return File.Exists(path) ? path : null;
    }

    public static (int Code, string Out, string Err) Run(params string[] args)
    {
        TextWriter o = Console.Out, e = Console.Error;
        using StringWriter output = new(CultureInfo.InvariantCulture), error = new(CultureInfo.InvariantCulture);
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            return (Program.Run(args), output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(o);
            Console.SetError(e);
        }
    }

    public static JsonElement Json(params string[] args)
    {
        var (code, output, error) = Run([.. args, "--json"]);
        Assert.True(code is 0 or 4, $"exit code {code}: {error}");
        return JsonDocument.Parse(output).RootElement;
    }

    public static double[] Estimates(JsonElement fit) =>
        [.. fit.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("estimate").GetDouble())];

    public static double[] Errors(JsonElement fit) =>
        [.. fit.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("standardError").GetDouble())];

    static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Descent.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
