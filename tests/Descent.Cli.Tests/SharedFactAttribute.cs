namespace Descent.Cli.Tests;

/// <summary>A fact about a data set that may be absent; it is then shown as skipped, with the reason.</summary>
sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] files)
    {
        foreach (string f in files)
            if (Cli.Shared(f) is null) Skip = $"needs ../shared/data/{f}, which is not here";
    }
}
