namespace Descent;

/// <summary>One number of a method that a user may set.</summary>
/// <param name="Name">Name on the command line, for example <c>beta1</c>.</param>
/// <param name="Symbol">Symbol in the recursion, for example β₁.</param>
/// <param name="Default">Published default; NaN when it is derived from the problem.</param>
/// <param name="Low">Smallest value allowed.</param>
/// <param name="High">Largest value allowed; excluded when finite and <paramref name="Open"/>.</param>
/// <param name="What">What it does, in a few words.</param>
/// <param name="Open">Whether the largest value itself is excluded.</param>
public sealed record MethodParameter(string Name, string Symbol, double Default, double Low, double High, string What, bool Open = true)
{
    /// <summary>The number without which alone this one means something: where that one is not 0, this one is not used; null for
    /// none.</summary>
    public string? Unless { get; init; }

    /// <summary>Whether the value may be used.</summary>
    public bool Allows(double value) => value >= Low && (Open ? value < High : value <= High);

    /// <summary>The range as text.</summary>
    public string Range => double.IsPositiveInfinity(High)
        ? FormattableString.Invariant($"≥ {Low:G6}")
        : FormattableString.Invariant($"[{Low:G6}, {High:G6}{(Open ? ")" : "]")}");
}
