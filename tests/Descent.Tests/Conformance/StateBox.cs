using Descent.Oracles;

namespace Descent.Tests.Conformance;

/// <summary>Saves every piece of state by name, or puts it back.</summary>
sealed class StateBox : IStateVisitor
{
    readonly Dictionary<string, object> saved = [];

    public bool Restoring { get; set; }

    public void Buffer<T>(string name, Span<T> values)
        where T : unmanaged
    {
        if (Restoring) ((T[])saved[name]).CopyTo(values);
        else saved.Add(name, values.ToArray());
    }

    public void Number(string name, ref double value)
    {
        if (Restoring) value = (double)saved[name];
        else saved[name] = value;
    }

    public void Number(string name, ref long value)
    {
        if (Restoring) value = (long)saved[name];
        // The averaging wrapper and what it wraps both count steps; the outer one is visited first and kept.
        else saved.TryAdd(name, value);
    }
}
