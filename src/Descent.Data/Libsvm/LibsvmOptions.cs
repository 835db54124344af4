namespace Descent.Data;

/// <summary>How LIBSVM text is read.</summary>
public sealed record LibsvmOptions
{
    /// <summary>Number of columns to give the result, for example that of the training data; 0 for the largest found.</summary>
    public int Columns { get; init; }

    /// <summary>Whether rows that cannot be read are left out and counted.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Largest column number taken for meant.</summary>
    public int Limit { get; init; } = LibsvmReader.DefaultLimit;

    /// <summary>Whether indices start at 0; null for detection.</summary>
    public bool? ZeroBased { get; init; }

    /// <summary>Whether columns without an entry are taken out, so that the others are numbered without gaps.</summary>
    public bool Compact { get; init; }

    /// <summary>Threads that read; 0 for all of the machine. The rows do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether every row needs a label that is a number. Without, a label that is absent or a word is NaN.</summary>
    public bool NeedLabels { get; init; } = true;
}
