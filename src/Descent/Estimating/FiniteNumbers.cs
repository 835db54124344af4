namespace Descent.Estimating;

/// <summary>Streams hold finite numbers.</summary>
static class FiniteNumbers
{
    /// <summary>Where the first number stands that is not finite; −1 without one. x − x is zero for finite x alone.</summary>
    public static int FirstOther(ReadOnlySpan<double> numbers)
    {
        int i = 0, width = Vector<double>.Count;
        for (; i + width <= numbers.Length; i += width)
        {
            Vector<double> x = new(numbers[i..]);
            if (!Vector.EqualsAll(x - x, Vector<double>.Zero)) break;
        }
        for (; i < numbers.Length; i++)
            if (!double.IsFinite(numbers[i])) return i;
        return -1;
    }

    /// <summary>What is said of a number behind <paramref name="before"/> others.</summary>
    public static ArgumentException Refusal(long before, double number) =>
        new(FormattableString.Invariant($"Number {before + 1} of the stream is {number}; expected finite numbers. Leave it out."));
}
