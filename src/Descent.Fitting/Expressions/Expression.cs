namespace Descent.Fitting.Expressions;

/// <summary>
/// A function of x1, x2, …: numbers, pi, e, + − * / ^, parentheses, sin cos tanh exp expm1 log log1p log2 log10 sqrt abs floor ceiling of
/// one argument, min max of two or more. Powers bind before signs and group to the right: <c>-x1^2</c> is −(x1²).
/// </summary>
/// <remarks>Immutable; may be evaluated on several threads. An evaluation costs one call an operation and allocates nothing.</remarks>
public sealed class Expression
{
    readonly Landscape root;

    Expression(string text, Landscape root, int variables) => (Text, this.root, Variables) = (text, root, variables);

    /// <summary>The text it was read from.</summary>
    public string Text { get; }

    /// <summary>The largest index of a coordinate that is named; 0 when there is none.</summary>
    public int Variables { get; }

    /// <summary>Reads an expression of at most 4 000 characters.</summary>
    /// <exception cref="FitException">It is no expression; the message names the character, counted from 1.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Coordinates coordinates = new(text);
        Landscape root = coordinates.Of(new ExpressionReader(text, isFormula: false).Whole());
        return new(text, root, coordinates.Variables);
    }

    /// <summary>The value at x; NaN or infinite where it is not defined.</summary>
    /// <param name="x">At least <see cref="Variables"/> numbers.</param>
    public double Of(ReadOnlySpan<double> x) => root(x);
}
