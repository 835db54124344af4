using Descent.Data;
using Descent.Estimating;

namespace Descent.Cli.Commands;

/// <summary>One estimate that is wanted, under the name that it has in tables.</summary>
sealed record AskedEstimate(string Name, StreamingEstimator? Estimator, StreamingQuantile? Quantile)
{
    public AskedEstimate(string name, StreamingEstimator estimator)
        : this(name, estimator, null)
    {
    }

    public AskedEstimate(string name, StreamingQuantile quantile)
        : this(name, null, quantile)
    {
    }

    /// <summary>Whether it looks at the order of the numbers alone, and takes no squares.</summary>
    public bool IsOfOrder => Quantile is not null;

    public void Add(ReadOnlySpan<double> numbers)
    {
        try
        {
            Estimator?.Add(numbers);
            Quantile?.Add(numbers);
        }
        catch (ArgumentException e)
        {
            throw Refusal(e);
        }
    }

    public StreamEstimate End(double level)
    {
        try
        {
            if (Estimator is not null) return Estimator.Estimate(level);
        }
        catch (ArgumentException e)
        {
            throw Refusal(e);
        }
        QuantileEstimate q = Quantile!.Estimate(level);
        return new(q.Estimate, q.StandardError, q.Low, q.High, q.Rows);
    }

    // Numbers that an estimator cannot begin with.
    DataException Refusal(ArgumentException e) => new($"{Name}: {e.Message}", e);
}
