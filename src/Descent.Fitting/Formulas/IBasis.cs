namespace Descent.Fitting.Formulas;

/// <summary>Functions of one number, with what they take from the rows that train.</summary>
interface IBasis
{
    /// <summary>What is kept of the training rows; the reason where the functions cannot be made of them.</summary>
    Dictionary<string, double[]> Learn(double[] x, ref string? wrong);

    /// <summary>How many functions there are.</summary>
    int Width(Dictionary<string, double[]> state);

    /// <summary>Values of all functions, row-major.</summary>
    void Fill(Dictionary<string, double[]> state, double[] x, double[] values);

    /// <summary>Why a state from a file cannot be; null when it can.</summary>
    string? Wrong(Dictionary<string, double[]> state);
}
