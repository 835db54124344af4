using Descent.Fitting.Formulas;
using Descent.Fitting.Words;

namespace Descent.Fitting;

/// <summary>
/// A part of a <see cref="Formula"/> made by a program: columns whose names may hold anything, functions of them, and what is made of
/// terms by <c>+</c>, <c>-</c>, <c>*</c> and <see cref="Interaction"/>. A text stands for the column of that name.
/// </summary>
/// <remarks>Immutable. What is wrong with a term is said when the formula is made, with the place in its text.</remarks>
public sealed class Term
{
    readonly string text;
    readonly bool isSum;

    Term(string text, bool isSum = false) => (this.text, this.isSum) = (text, isSum);

    /// <summary>The constant: <c>terms - Term.One</c> leaves it out.</summary>
    public static Term One { get; } = new("1");

    /// <summary>A column: a number, or a factor where it holds text.</summary>
    public static Term Column(string name) => new(Deparsed.Name(name));

    /// <summary>A column taken as levels.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="reference">The level that others are compared with; null for the first in order.</param>
    public static Term Factor(string column, string? reference = null) =>
        new($"C({Deparsed.Name(column)}{(reference is null ? "" : $", ref = {Deparsed.Quoted(reference)}")})");

    /// <summary>A column taken as levels in an order, coded by orthonormal polynomials.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="levels">Two levels or more, from the lowest to the highest; none takes their own order.</param>
    public static Term Ordered(string column, params IReadOnlyList<string> levels) => new($"C({Deparsed.Name(column)}, ordered = "
        + (levels.Count == 0 ? "TRUE" : string.Join(" < ", levels.Select(Deparsed.Quoted))) + ")");

    /// <summary>One level of a column against the rest: a target.</summary>
    public static Term Level(string column, string level) => new($"C({Deparsed.Name(column)}) = {Deparsed.Quoted(level)}");

    /// <summary>The natural logarithm, log x.</summary>
    public static Term Log(Term x) => Call("log", x);

    /// <summary>The logarithm of one more, log(1 + x).</summary>
    public static Term Log1P(Term x) => Call("log1p", x);

    /// <summary>The exponential function, eˣ.</summary>
    public static Term Exp(Term x) => Call("exp", x);

    /// <summary>The square root, √x.</summary>
    public static Term Sqrt(Term x) => Call("sqrt", x);

    /// <summary>A power of x, xᵖ.</summary>
    public static Term Power(Term x, double exponent) => new($"I({Operand(x)}^{Text.Exact(exponent)})");

    /// <summary>(x − mean)/deviation over the training rows, the deviation with n − 1.</summary>
    public static Term Standardised(Term x) => Call("scale", x);

    /// <summary>Arithmetic of columns as a formula writes it: <c>Term.Arithmetic("a * b / 2")</c>.</summary>
    public static Term Arithmetic(string expression) => new($"I({expression})");

    /// <summary>Polynomials of degree 1 to k, orthonormal over the training rows.</summary>
    /// <param name="x">Their argument.</param>
    /// <param name="degree">k, from 1 to 50.</param>
    /// <param name="raw">Whether the columns are the powers themselves.</param>
    public static Term Polynomial(Term x, int degree, bool raw = false) => Call("poly", x, Text.Exact(degree), raw ? "raw = TRUE" : null);

    /// <summary>B-splines with their knots at quantiles of the training rows.</summary>
    /// <param name="x">Their argument.</param>
    /// <param name="freedom">Number of columns, at least the degree.</param>
    /// <param name="degree">Degree of the polynomials between knots, from 1 to 20.</param>
    public static Term Spline(Term x, int freedom, int degree = 3) =>
        Call("bs", x, $"df = {Text.Exact(freedom)}", degree == 3 ? null : $"degree = {Text.Exact(degree)}");

    /// <summary>Cubic splines that are straight beyond their ends, with their knots at quantiles of the training rows.</summary>
    /// <param name="x">Their argument.</param>
    /// <param name="freedom">Number of columns, at least 1.</param>
    public static Term NaturalSpline(Term x, int freedom) => Call("ns", x, $"df = {Text.Exact(freedom)}");

    /// <summary>Intervals (a, b] as levels.</summary>
    /// <param name="x">What is cut.</param>
    /// <param name="breaks">Two ends or more, rising; infinite ones are allowed.</param>
    public static Term Cut(Term x, params IReadOnlyList<double> breaks) => Call("cut", x, "c(" + string.Join(", ",
        breaks.Select(b => double.IsInfinity(b) ? b > 0 ? "Inf" : "-Inf" : Text.Exact(b))) + ")");

    /// <summary>What is added to the margin with a coefficient of 1.</summary>
    public static Term Offset(Term x) => Call("offset", x);

    /// <summary>Products of the columns of terms.</summary>
    public static Term Interaction(params IReadOnlyList<Term> terms) => new(string.Join(":", terms.Select(Operand)));

    /// <summary>The column of a name.</summary>
    public static implicit operator Term(string column) => Column(column);

    /// <summary>The terms of both, each once.</summary>
    public static Term operator +(Term left, Term right) => new($"{left} + {right}", true);

    /// <summary>The left without the right.</summary>
    public static Term operator -(Term left, Term right) => new($"{left} - {Operand(right)}", true);

    /// <summary>The terms of both and their interactions.</summary>
    public static Term operator *(Term left, Term right) => new($"{Operand(left)} * {Operand(right)}", true);

    /// <summary>The term as a formula writes it.</summary>
    public override string ToString() => text;

    static Term Call(string function, Term x, params string?[] more) =>
        new($"{function}({string.Join(", ", more.OfType<string>().Prepend(x.text))})");

    static string Operand(Term t) => t.isSum ? $"({t})" : t.text;

}
