namespace Descent.Estimating;

/// <summary>Sums over numbers at hand, in their order.</summary>
static class Moments
{
    /// <summary>x̄, in two passes: the second takes away what the first has rounded.</summary>
    public static double Mean(ReadOnlySpan<double> numbers)
    {
        double sum = 0, rest = 0;
        foreach (double x in numbers) sum += x / numbers.Length;
        foreach (double x in numbers) rest += x - sum;
        return sum + (rest / numbers.Length);
    }

    /// <summary>Σ(x − m)².</summary>
    public static double Squares(ReadOnlySpan<double> numbers, double mean)
    {
        double sum = 0;
        foreach (double x in numbers) sum += (x - mean) * (x - mean);
        return sum;
    }
}
