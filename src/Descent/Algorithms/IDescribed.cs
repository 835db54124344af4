namespace Descent.Algorithms;

/// <summary>Something that can print its recursion.</summary>
public interface IDescribed
{
    /// <summary>The recursion with every value used, as printed in results.</summary>
    string Recursion { get; }
}
