namespace Descent.Orleans;

/// <summary>What a block does, whatever its element type: messages in, answers out.</summary>
abstract class ServedBlock
{
    /// <summary>What the state belongs to; another one cannot be put back.</summary>
    public abstract string Form { get; }

    /// <summary>Answers a pull: the version, then the weights.</summary>
    public abstract byte[] Pull(byte[] request, bool whole);

    /// <summary>Takes in a push; false when it has been taken in before.</summary>
    public abstract bool Push(byte[] request, bool whole);

    /// <summary>What it has seen.</summary>
    public abstract BlockFacts Facts { get; }

    /// <summary>Weights, state of the rule, version, last number of every worker, as bytes.</summary>
    public abstract byte[] Save();

    /// <summary>Puts them back.</summary>
    public abstract void Restore(byte[] state);
}
