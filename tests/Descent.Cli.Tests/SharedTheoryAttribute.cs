namespace Descent.Cli.Tests;

/// <summary>A theory whose rows need data sets that may be absent:
/// rows without data are left out by the theory's own list, and all of it is shown as skipped where there is no data at all.</summary>
sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (Cli.Shared("iris.csv") is null) Skip = "needs the data sets of ../shared/data, which are not here";
    }
}
