namespace Descent.Approximation;

/// <summary>
/// The standard error of a path's average by batch means: the path is cut into batches of equal length b, the spread of their means is that
/// of the average times √m. Between 32 and 63 batches are kept; when there are 64, neighbours are joined and b doubles.
/// Memory 64 numbers, no Hessian. Source: Chen, Lee, Tong and Zhang 2020.
/// </summary>
public sealed class BatchMeans
{
    const int Most = 64;
    readonly double[] means = new double[Most];
    double open, total;
    long inOpen;

    /// <summary>Points added.</summary>
    public long Count { get; private set; }

    /// <summary>Whole batches m.</summary>
    public int Batches { get; private set; }

    /// <summary>b.</summary>
    public long Length { get; private set; } = 1;

    /// <summary>The average of all points.</summary>
    public double Average => Count > 0 ? total / Count : double.NaN;

    /// <summary>Adds a point of the path.</summary>
    public void Add(double point)
    {
        total += point;
        Count++;
        open += point;
        if (++inOpen < Length) return;
        means[Batches++] = open / Length;
        (open, inOpen) = (0, 0);
        if (Batches < Most) return;
        for (int i = 0; i < Most / 2; i++) means[i] = (means[2 * i] + means[(2 * i) + 1]) / 2;
        Batches = Most / 2;
        Length *= 2;
    }

    /// <summary>The standard error of <see cref="Average"/>; NaN with fewer than two batches.</summary>
    public double StandardError
    {
        get
        {
            if (Batches < 2) return double.NaN;
            double mean = 0, squares = 0;
            for (int i = 0; i < Batches; i++) mean += means[i] / Batches;
            for (int i = 0; i < Batches; i++) squares += (means[i] - mean) * (means[i] - mean);
            return Math.Sqrt(squares / (Batches - 1) * Length / Count);
        }
    }

    /// <summary>The interval of a level in (0, 1), with Student's t of m − 1 degrees of freedom.</summary>
    public (double Low, double High) Interval(double level)
    {
        double half = StandardNormal.StudentTwoSided(level, Math.Max(1, Batches - 1)) * StandardError;
        return (Average - half, Average + half);
    }
}
