using System.Globalization;

namespace Descent.Fitting;

/// <summary>λ of a penalty on the mean loss: a number, or one over the number of rows, which is a penalty of ½‖w‖² on the sum.</summary>
public readonly record struct Penalty
{
    Penalty(double value, bool perRow) => (Value, PerRow) = (value, perRow);

    /// <summary>1/n, n the number of training rows.</summary>
    public static Penalty OneOverN { get; } = new(1, true);

    /// <summary>The number; 1 where it is divided by n.</summary>
    public double Value { get; }

    /// <summary>Whether the number is divided by n.</summary>
    public bool PerRow { get; }

    /// <summary>A number λ ≥ 0.</summary>
    public static Penalty Of(double value) => new(value, false);

    /// <summary>A number λ ≥ 0.</summary>
    public static implicit operator Penalty(double value) => Of(value);

    /// <summary>λ for n training rows.</summary>
    public double For(int n) => PerRow ? Value / n : Value;

    /// <summary>The number, or 1/n.</summary>
    public override string ToString() => PerRow ? "1/n" : Value.ToString("R", CultureInfo.InvariantCulture);
}
