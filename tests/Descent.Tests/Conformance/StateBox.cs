using Descent.Oracles;

namespace Descent.Tests.Conformance;

/// <summary>Saves every piece of state by name, or puts it back. Two pieces of one name are an error.</summary>
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
        else saved.Add(name, value);
    }

    public void Number(string name, ref long value)
    {
        if (Restoring) value = (long)saved[name];
        else saved.Add(name, value);
    }
}
