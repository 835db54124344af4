namespace Descent.Models.Inference;

/// <summary>Why a column adds nothing to the columns before it.</summary>
public enum ColumnFault
{
    /// <summary>It is 0 in every row.</summary>
    Zero,

    /// <summary>It has one value in every row, as the intercept has.</summary>
    Constant,

    /// <summary>It is a linear combination of columns before it (and of the intercept), to rounding.</summary>
    Combination,
}
