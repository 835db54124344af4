namespace Descent.Fitting.Fits;

/// <summary>Rows of like predicted probability, and how many of them are of the class.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Predicted">Mean of their predicted probabilities.</param>
/// <param name="Observed">Part of them that is of the second class.</param>
public readonly record struct CalibrationGroup(int Rows, double Predicted, double Observed)
{
    /// <summary>Groups of as many rows each as can be, by rising probability; rows of one probability stay together, so that there may be
    /// fewer.</summary>
    internal static IReadOnlyList<CalibrationGroup> Of(double[] probabilities, double[] labels, int groups)
    {
        int n = probabilities.Length;
        double[] p = [.. probabilities], y = [.. labels];
        Array.Sort(p, y);
        List<CalibrationGroup> found = [];
        for (int g = 1, from = 0; g <= groups && from < n; g++)
        {
            int to = (int)((long)n * g / groups);
            if (to <= from) continue;
            while (to < n && p[to] == p[to - 1]) to++;
            found.Add(new(to - from, p[from..to].Average(), y[from..to].Average()));
            from = to;
        }
        return found;
    }
}
