namespace Descent.Cli.Commands.Options;

/// <summary>Numbers that a search may be given as ranges A..B.</summary>
/// <param name="tuned">Whether it is a search; elsewhere a range is a number that cannot be read.</param>
sealed class Ranges(bool tuned)
{
    readonly List<SearchDimension> searched = [];

    /// <summary>Whether it is a search: folds hold rows out.</summary>
    public bool Tuned => tuned;

    /// <summary>The ranges so far.</summary>
    public IReadOnlyList<SearchDimension> Searched => searched;

    /// <summary>The text of one number: as it is, or what stands for a range, which is kept.</summary>
    public string Single(string name, string text, string otherwise)
    {
        if (!tuned || SearchDimension.Parse(name, text) is not { } range) return text;
        searched.Add(range);
        return otherwise;
    }
}
