namespace Descent.Fitting.Mixtures;

/// <summary>
/// The plane that rows of two or more columns are drawn in: the columns themselves where there are two, the first two principal components
/// of the standardised columns where there are more. A normal law stays one when it is projected, so ellipses are those of the plane.
/// </summary>
sealed class MixturePlane
{
    readonly double[] centre, first, second;

    MixturePlane(double[] centre, double[] first, double[] second, string sentence, params string[] labels)
    {
        (this.centre, this.first, this.second) = (centre, first, second);
        (Sentence, Labels) = (sentence, labels);
    }

    /// <summary>What is drawn, in a sentence.</summary>
    public string Sentence { get; }

    /// <summary>Names of the two axes.</summary>
    public IReadOnlyList<string> Labels { get; }

    public static MixturePlane Of(MixtureData data)
    {
        int d = data.Columns.Count;
        if (d == 2)
            return new MixturePlane([0, 0], [1, 0], [0, 1], "Rows coloured by their most probable component.", [.. data.Columns]);
        (double[] means, double[] deviations) = Moments(data);
        SymmetricEigen eigen = new(d);
        eigen.Decompose(Correlations(data, means, deviations));
        string A(int i) => Text.Number(100 * eigen.Values[d - i] / d, "0");
        return new MixturePlane(means, Axis(eigen, d - 1, deviations), Axis(eigen, d - 2, deviations),
            $"Rows coloured by their most probable component, on the first two principal components of the {d} standardised columns "
            + $"({A(1)} % and {A(2)} % of their variance).", $"principal component 1 ({A(1)} %)", $"principal component 2 ({A(2)} %)");
    }

    /// <summary>A row, or a mean, in the plane.</summary>
    public (double X, double Y) At(ReadOnlySpan<double> row) => (Along(first, row), Along(second, row));

    /// <summary>The ellipse of points at a Mahalanobis distance from a mean, under the scatter matrix (row-major) projected.</summary>
    public (double[] X, double[] Y) Ellipse(ReadOnlySpan<double> mean, double[] scatter, double distance)
    {
        const int Points = 72;
        (double x, double y) = At(mean);
        double xx = Form(first, scatter, first), xy = Form(first, scatter, second), yy = Form(second, scatter, second);
        // Lower Cholesky factor of the 2 × 2 matrix.
        double a = Math.Sqrt(xx), b = xy / a, c = Math.Sqrt(Math.Max(0, yy - (b * b)));
        double[] px = new double[Points + 1], py = new double[Points + 1];
        for (int i = 0; i <= Points; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / Points);
            (px[i], py[i]) = (x + (distance * a * cosine), y + (distance * ((b * cosine) + (c * sine))));
        }
        return (px, py);
    }

    // The sign of an eigenvector says nothing: its largest entry is made positive, so that pictures do not turn over.
    static double[] Axis(SymmetricEigen eigen, int i, double[] deviations)
    {
        double[] v = eigen.Vector(i).ToArray();
        double sign = v.MaxBy(Math.Abs) < 0 ? -1 : 1;
        return [.. v.Select((x, j) => sign * x / deviations[j])];
    }

    static (double[] Means, double[] Deviations) Moments(MixtureData data)
    {
        int d = data.Columns.Count;
        double[] means = new double[d], squares = new double[d];
        for (int i = 0; i < data.Count; i++)
            for (int a = 0; a < d; a++) means[a] += data.Row(i)[a] / data.Count;
        for (int i = 0; i < data.Count; i++)
            for (int a = 0; a < d; a++) squares[a] += Math.Pow(data.Row(i)[a] - means[a], 2) / data.Count;
        return (means, [.. squares.Select(Math.Sqrt)]);
    }

    static double[] Correlations(MixtureData data, double[] means, double[] deviations)
    {
        int d = means.Length;
        double[] r = new double[d * d], z = new double[d];
        for (int i = 0; i < data.Count; i++)
        {
            for (int a = 0; a < d; a++) z[a] = (data.Row(i)[a] - means[a]) / deviations[a];
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++) r[(a * d) + b] += z[a] * z[b] / data.Count;
        }
        return r;
    }

    double Along(double[] axis, ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int a = 0; a < axis.Length; a++) sum += axis[a] * (row[a] - centre[a]);
        return sum;
    }

    static double Form(double[] u, double[] matrix, double[] v)
    {
        double sum = 0;
        for (int a = 0; a < u.Length; a++)
            for (int b = 0; b < v.Length; b++) sum += u[a] * matrix[(a * v.Length) + b] * v[b];
        return sum;
    }
}
