namespace Descent.Cli.Tests;

/// <summary>Shown as skipped, naming the file, when a data set is absent and rows of theories were left out for it.</summary>
sealed class MissingDataFactAttribute : FactAttribute
{
    public MissingDataFactAttribute(params string[] files)
    {
        string[] absent = [.. files.Where(f => Cli.Shared(f) is null)];
        if (absent.Length > 0) Skip = $"cases were left out: ../shared/data lacks {string.Join(", ", absent)}";
    }
}
