namespace Descent.Cli.Commands;

/// <summary>What is wrong with a command line, collected so that all of it is said at once.</summary>
sealed class Faults
{
    readonly List<string> found = [];

    public void Add(string fault) => found.Add(fault);

    /// <summary>A value, or its default with the fault kept.</summary>
    public T? Of<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (UsageException e)
        {
            found.Add(e.Message);
            return default;
        }
    }

    /// <exception cref="UsageException">There are faults, here or in <paramref name="more"/>.</exception>
    public void Throw(IEnumerable<string> more)
    {
        // A fault of the text and one of the value that took its place are one.
        string[] all = [.. found.Concat(more).Distinct()];
        if (all.Length > 0) throw new UsageException(string.Join(" ", all));
    }
}
