namespace Descent.Fitting.Families;

/// <summary>The link of a probability μ of success: g(μ) = η.</summary>
interface IBinaryLink
{
    /// <summary>μ and 1 − μ.</summary>
    (double Success, double Failure) Mean(double margin);

    /// <summary>dμ/dη.</summary>
    double Slope(double margin);

    /// <summary>g(μ), μ in (0, 1).</summary>
    double Of(double mean);

    /// <summary>The inverse link in words, of <c>x·w + b</c>.</summary>
    string Words(string margin);
}
