namespace Descent.Fitting.Expressions;

/// <summary>The functions that every expression knows.</summary>
static class Functions
{
    static readonly Dictionary<string, Func<double, double>> ofOne = new(StringComparer.Ordinal)
    {
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["exp"] = Math.Exp,
        ["log"] = Math.Log,
        ["sqrt"] = Math.Sqrt,
        ["abs"] = Math.Abs,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["log1p"] = ElementaryFunctions.LogOnePlus,
        ["expm1"] = ExpM1,
        ["tanh"] = Math.Tanh,
        ["floor"] = Math.Floor,
        ["ceiling"] = Math.Ceiling,
    };

    /// <summary>Names of the functions of one argument.</summary>
    public static IReadOnlyCollection<string> Names => ofOne.Keys;

    /// <summary>A function of one argument; null when there is none of this name.</summary>
    public static Func<double, double>? Of(string name) => ofOne.GetValueOrDefault(name);

    /// <summary>The value of an operation on numbers.</summary>
    public static Func<double, double, double> Of(Operation operation) => operation switch
    {
        Operation.Plus => (a, b) => a + b,
        Operation.Minus => (a, b) => a - b,
        Operation.Times => (a, b) => a * b,
        Operation.Over => (a, b) => a / b,
        Operation.Power => Math.Pow,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "is none of numbers"),
    };

    // exp(x) − 1 by Kahan's quotient of the rounded exponential.
    static double ExpM1(double x)
    {
        if (Math.Abs(x) < 1e-5) return x + (x * x / 2) + (x * x * x / 6);
        double u = Math.Exp(x);
        return double.IsInfinity(u) || u - 1 == -1 ? u - 1 : (u - 1) * (x / Math.Log(u));
    }
}
