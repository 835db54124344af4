namespace Descent.Fitting;

/// <summary>
/// How many components a mixture may have: one number, or every number from <see cref="Least"/> to <see cref="Most"/>, both included.
/// </summary>
/// <param name="Least">The smallest k, ≥ 1.</param>
/// <param name="Most">The largest k, ≥ the smallest.</param>
public readonly record struct ComponentRange(int Least, int Most)
{
    /// <summary>One number of components.</summary>
    public ComponentRange(int components)
        : this(components, components)
    {
    }

    /// <summary>One number of components.</summary>
    public static implicit operator ComponentRange(int components) => new(components);

    /// <summary>One number of components.</summary>
    public static ComponentRange FromInt32(int components) => new(components);

    /// <inheritdoc/>
    public override string ToString() => Least == Most ? FormattableString.Invariant($"{Least}")
        : FormattableString.Invariant($"{Least}..{Most}");
}
