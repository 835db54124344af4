namespace Descent.Data;

/// <summary>A column that is to be read.</summary>
/// <param name="Index">Its place among the columns of the source.</param>
/// <param name="AsText">Whether texts are wanted though it holds numbers: all their digits then, as a file of text would have them.</param>
public readonly record struct ChosenColumn(int Index, bool AsText);
