using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

/// <summary>What a catalogue entry builds its method from: numbers given by the user, and what is known of the problem.</summary>
/// <param name="Entry">The entry; it says which numbers there are.</param>
public sealed record MethodSettings(CatalogueEntry Entry)
{
    /// <summary>Step size η_t.</summary>
    public IStepSize StepSize { get; init; } = new Constant(1);

    /// <summary>How samples are drawn; null for exact gradients.</summary>
    public Sampling? Sampling { get; init; }

    /// <summary>How sampled gradients travel; null for whole.</summary>
    public GradientCompression? Compression { get; init; }

    /// <summary>Workers among which a batch is cut where its gradients are compressed.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>One thread, and the ranks, for parts of batches; null for this process alone.</summary>
    public Workers? PartWorkers { get; init; }

    /// <summary>The numbers given; the others take their defaults.</summary>
    public IReadOnlyDictionary<string, double> Given { get; init; } = new Dictionary<string, double>();

    /// <summary>Smoothness H of what is sampled: of the objective, or of a batch in mean.</summary>
    public double Smoothness { get; init; } = 1;

    /// <summary>Largest smoothness of a single example.</summary>
    public double SampleSmoothness { get; init; } = 1;

    /// <summary>Certain strong convexity μ ≥ 0.</summary>
    public double StrongConvexity { get; init; }

    /// <summary>Number of examples n.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Number of parameters d.</summary>
    public int Dimension { get; init; } = 1;

    /// <summary>Threads, for methods that work on several; null for the calling one.</summary>
    public Workers? Workers { get; init; }

    /// <summary>A number of the method: given, or its default.</summary>
    /// <exception cref="ArgumentException">The method has no such number.</exception>
    public double this[string name]
    {
        get
        {
            foreach (MethodParameter p in Entry.Parameters)
                if (p.Name == name) return Given.TryGetValue(name, out double value) ? value : p.Default;
            throw new ArgumentException($"{Entry.Name} has no number '{name}'.");
        }
    }

    /// <summary>Whether a number of the method is used, or another one that is set leaves it no meaning.</summary>
    public bool Uses(MethodParameter number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.Unless is not { } other || this[other] == 0;
    }

    /// <summary>The sampling, for methods that cannot do without.</summary>
    /// <exception cref="ArgumentException">Full gradients were asked for.</exception>
    public Sampling Samples =>
        Sampling ?? throw new ArgumentException(
            $"{Entry.Name} works on samples; full batches leave it nothing to do. Give a batch size, or use another method.");

    /// <summary>A rule on sampled gradients, or on exact ones when no sampling is set.</summary>
    public FirstOrder Drive(IRule rule) =>
        Sampling is { } s ? new StochasticMethod(rule, StepSize, Batches(s)) : new GradientMethod(rule, StepSize);

    StochasticEstimator Batches(Sampling s) =>
        Compression is null ? new Minibatch(s) : new Compressed(s, Compression, Parts, PartWorkers);

    /// <summary>Checks the given numbers and builds the method.</summary>
    /// <exception cref="ArgumentException">A number is unknown to the method or out of its range.</exception>
    public IDescribed Build()
    {
        foreach (var (name, value) in Given)
        {
            MethodParameter p = Entry.Parameters.FirstOrDefault(p => p.Name == name)
                ?? throw new ArgumentException($"{Entry.Name} has no number '{name}'. "
                    + (Entry.Parameters.Count == 0
                        ? "It has none."
                        : $"It has {string.Join(", ", Entry.Parameters.Select(q => q.Name))}."));
            if (!Uses(p)) throw new ArgumentException($"{name} of {Entry.Name} means nothing with {p.Unless}; leave one of them out.");
            if (!p.Allows(value))
                throw new ArgumentException(
                    FormattableString.Invariant($"{name} ({p.Symbol}) of {Entry.Name} must lie in {p.Range}; got {value}."));
        }
        return Entry.Make(this);
    }
}
