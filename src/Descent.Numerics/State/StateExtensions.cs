namespace Descent.Numerics;

/// <summary>Pieces of state that are neither a buffer nor a number, shown to a visitor as such.</summary>
public static class StateExtensions
{
    /// <summary>A truth value, shown as 0 or 1.</summary>
    public static void Flag(this IStateVisitor visitor, string name, ref bool value)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        long number = value ? 1 : 0;
        visitor.Number(name, ref number);
        value = number != 0;
    }

    /// <summary>An integer of 32 bits, shown as one of 64.</summary>
    /// <exception cref="FormatException">What was kept does not fit.</exception>
    public static void Number(this IStateVisitor visitor, string name, ref int value)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        long number = value;
        visitor.Number(name, ref number);
        value = number is >= int.MinValue and <= int.MaxValue ? (int)number
            : throw new FormatException($"'{name}' is {number}; expected a number of 32 bits.");
    }

    /// <summary>A span of time, shown as its ticks of 100 ns.</summary>
    public static void Time(this IStateVisitor visitor, string name, ref TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        long ticks = value.Ticks;
        visitor.Number(name, ref ticks);
        value = TimeSpan.FromTicks(ticks);
    }

    /// <summary>A text, shown as a buffer of UTF-16 letters with its length.</summary>
    public static void Words(this IStateVisitor visitor, string name, ref string value)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(value);
        char[] letters = visitor.Array(name, value.ToCharArray());
        value = new string(letters);
    }

    /// <summary>A buffer of which the length is state too; what comes back is as long as what was kept.</summary>
    /// <exception cref="FormatException">The length that was kept is none, or what was kept is of another length.</exception>
    public static T[] Array<T>(this IStateVisitor visitor, string name, T[] values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(values);
        long length = values.Length;
        visitor.Number(name + ".length", ref length);
        if (length is < 0 or > int.MaxValue / 16) throw new FormatException($"'{name}' has a length of {length}.");
        if (length != values.Length) visitor.Announce<T>(name, (int)length);
        T[] own = length == values.Length ? values : new T[length];
        visitor.Buffer<T>(name, own);
        return own;
    }

    /// <summary>A list of values without references, shown as a buffer with its length; it is replaced by what was kept.</summary>
    public static void List<T>(this IStateVisitor visitor, string name, List<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(values);
        T[] kept = visitor.Array(name, values.ToArray());
        values.Clear();
        values.AddRange(kept);
    }
}
