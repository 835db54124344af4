using System.ComponentModel;
using System.Diagnostics;

namespace Descent.Cli.Tests;

/// <summary>A fact about the script; shown as skipped where there is no python3.</summary>
sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (!Python.IsHere) Skip = "needs python3, which is not here";
    }
}

/// <summary>Runs eng/check-proof.py.</summary>
static class Python
{
    // One process for all calls: a line holds proof and data, the answer is the exit code and what was printed.
    const string Driver = """
        import contextlib, importlib.util, io, sys
        spec = importlib.util.spec_from_file_location("check", sys.argv[1])
        check = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(check)
        for line in sys.stdin:
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said): code = check.main(line.rstrip("\n").split("\t"))
            print(code, said.getvalue().strip().replace("\n", " "))
        """;

    public static string Script { get; } = Path.Combine(Cli.Root, "eng", "check-proof.py");

    public static bool IsHere { get; } = TryRun();

    public static string[] CheckAll(string calls)
    {
        ProcessStartInfo start = new("python3", ["-c", Driver, Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process p = Process.Start(start)!;
        p.StandardInput.Write(calls);
        p.StandardInput.Close();
        string[] answers = p.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        p.WaitForExit();
        Assert.Equal(0, p.ExitCode);
        return answers;
    }

    static bool TryRun()
    {
        try
        {
            using Process p = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true })!;
            p.WaitForExit();
            return p.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
