namespace Descent.Cli.Tests;

/// <summary>A fact that takes more than some seconds: eng/slow runs it, and it is shown as skipped elsewhere.</summary>
sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute(params string[] files)
    {
        if (Environment.GetEnvironmentVariable("DESCENT_SLOW") is not { Length: > 0 }) Skip = "slow: eng/slow runs it";
        foreach (string f in files)
            if (Cli.Shared(f) is null) Skip = $"needs ../shared/data/{f}, which is not here";
    }
}
