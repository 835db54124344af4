using Descent.Parallel;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Orleans;

/// <summary>A model that lives in a service, with weights of one type.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class ParameterModel<T> : ParameterModel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Names a model.</summary>
    /// <param name="name">Its name, one in the cluster.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="rule">How the weights move.</param>
    /// <param name="stepSize">η_t; it may not look at gradients, of which a block sees a part.</param>
    public ParameterModel(string name, int dimension, IRule rule, IStepSize stepSize)
        : base(name, dimension, rule, stepSize)
    {
    }

    /// <summary>The weights before the first push, length d; zeros unless they are set.</summary>
    public ReadOnlyMemory<T> First
    {
        get;
        init
        {
            Guard.Length("The first weights", Dimension, value.Length);
            field = value;
        }
    }

    internal override ServedBlock Open(int block)
    {
        ServerShard<T>.RequireCut(Rule, Blocks);
        int from = Start(block), length = Start(block + 1) - from;
        T[] first = First.IsEmpty ? new T[length] : First.Slice(from, length).ToArray();
        return new ServedBlock<T>(this, block, new ServerShard<T>(Rule, StepSize, BlockLayout.Flat(length), from, first,
            Slack == 0 ? Workers : 0));
    }
}
