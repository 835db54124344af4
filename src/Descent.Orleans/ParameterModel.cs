using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Orleans;

/// <summary>A model that lives in a service: how many parameters it has, how they are cut into blocks, and how they move. Every silo and
/// every client names the same one; what differs is refused at the first message.</summary>
/// <remarks>A block is a grain with the key <c>name/block</c>, a contiguous range of nearly equal length.</remarks>
public abstract class ParameterModel
{
    /// <summary>Fewest and most parameters a block, where the model has more than one: below, a message costs more than its bytes;
    /// above, one write to the storage takes too long.</summary>
    internal const int LeastBlock = 1 << 14, MostBlock = 1 << 16;

    private protected ParameterModel(string name, int dimension, IRule rule, IStepSize stepSize)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Dimension = (int)Guard.AtLeast("The number of parameters", dimension, 1, nameof(ParameterModel));
        Rule = Guard.Given("The rule", rule, nameof(ParameterModel));
        StepSize = Guard.Given("The step size", stepSize, nameof(ParameterModel));
    }

    /// <summary>The name, first part of the keys of its grains.</summary>
    public string Name { get; }

    /// <summary>Number of parameters d ≥ 1.</summary>
    public int Dimension { get; }

    /// <summary>How the weights move; in more than one block its coordinates must move by themselves.</summary>
    public IRule Rule { get; }

    /// <summary>η_t, t the pushes that the weights of a block contain; it may change when a service is deployed again.</summary>
    public IStepSize StepSize { get; }

    /// <summary>Most parameters a block, 16,384 … 65,536; 32,768 unless it is set. A smaller model is one block.</summary>
    public int BlockSize
    {
        get;
        init => field = value is >= LeastBlock and <= MostBlock ? value : throw new ArgumentOutOfRangeException(nameof(value),
            FormattableString.Invariant($"A block has {LeastBlock} to {MostBlock} parameters; got {value} (ParameterModel)."));
    } = 1 << 15;

    /// <summary>Workers that may take part at once, M ≥ 1: numbers 0 … M − 1; 64 unless it is set. They come and go.</summary>
    public int Workers
    {
        get;
        init => field = (int)Guard.AtLeast("The number of workers", value, 1, nameof(ParameterModel));
    } = 64;

    /// <summary>Slack s ≥ 0: 0 for synchronous rounds, which keep M gradients a block; ∞, unless it is set, for no bound.</summary>
    public double Slack
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value),
            FormattableString.Invariant($"The slack must be at least 0; got {value} (ParameterModel)."));
    } = double.PositiveInfinity;

    /// <summary>How long others wait for a worker that is not heard of, before they go on without it; 30 s unless it is set. It
    /// has to be longer than a gradient takes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of blocks.</summary>
    public int Blocks => (int)(((long)Dimension + BlockSize - 1) / BlockSize);

    /// <summary>First coordinate of a block; d for the one after the last.</summary>
    public int Start(int block) => (int)((long)Dimension * block / Blocks);

    /// <summary>A block at its first weights.</summary>
    internal abstract ServedBlock Open(int block);
}
