namespace Descent.Rules;

/// <summary><c>‖a − b‖</c> in double precision, summed in order.</summary>
static class Distance
{
    public static double Between<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double r = double.CreateTruncating(a[i] - b[i]);
            sum += r * r;
        }
        return Math.Sqrt(sum);
    }
}
