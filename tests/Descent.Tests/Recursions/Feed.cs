using Descent.Oracles;

namespace Descent.Tests.Recursions;

/// <summary>
/// What a recursion is given: where to begin, step sizes, and a gradient at any point for the next sample.
/// The samples are those of the run (the same identities, asked of the public stream with the same seed); all else is computed here.
/// </summary>
sealed class Feed
{
    readonly Func<int, double> eta;
    readonly Func<double[], double[]> gradient;

    public Feed(Plain problem, double[] start, Func<int, double> eta, Sampling? sampling, ulong seed, Estimator? estimator = null)
    {
        (Problem, First, this.eta, Sampling) = (problem, start, eta, sampling);
        Draws = new Draws(seed);
        if (sampling is not null)
        {
            SampleStream stream = new(sampling, problem.Count, Draws);
            RowSampler rows = new(problem.Count);
            Next = () => rows.Resolve(stream.Next()).ToArray();
        }
        else
        {
            Next = () => problem.All;
        }
        gradient = estimator is null ? Sampled : estimator(this);
    }

    Feed(Feed other, Func<double[], double[]> gradient)
    {
        (Problem, First, eta, Sampling, Draws, Next) = (other.Problem, other.First, other.eta, other.Sampling, other.Draws, other.Next);
        this.gradient = gradient;
    }

    public Plain Problem { get; }

    public double[] First { get; }

    public Sampling? Sampling { get; }

    /// <summary>The run's source of randomness, after the stream has taken its key from it.</summary>
    public Draws Draws { get; }

    /// <summary>The rows of the next sample; all of them where there is no sampling.</summary>
    public Func<int[]> Next { get; }

    /// <summary>Value of the loss at the sample of the last plain gradient.</summary>
    public double Value { get; private set; }

    public double[] Start() => (double[])First.Clone();

    public double Eta(int t) => eta(t);

    public double[] Gradient(double[] at) => gradient(at);

    public Feed Through(Func<double[], double[]> change) => new(this, at => change(gradient(at)));

    double[] Sampled(double[] at)
    {
        int[] rows = Next();
        Value = Problem.Value(at, rows);
        return Problem.Gradient(at, rows);
    }
}

/// <summary>An estimator: prepares its memory, and then gives a direction for each point.</summary>
delegate Func<double[], double[]> Estimator(Feed feed);
