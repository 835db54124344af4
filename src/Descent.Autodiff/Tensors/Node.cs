namespace Descent.Autodiff;

/// <summary>One entry of a tape: an operation, its inputs (parents only), and where its value lies.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="Operation">The operation; null for a leaf.</param>
/// <param name="First">Index of the first input, −1 without.</param>
/// <param name="Second">Index of the second input, −1 without.</param>
/// <param name="Shape">Shape of the value.</param>
/// <param name="Block">Block of the arena.</param>
/// <param name="Offset">Offset within the block.</param>
/// <param name="Number">A number of the operation: flags, an exponent, an axis.</param>
/// <param name="Indices">Indices of a gathering operation; null without.</param>
/// <param name="Strides">Distances of the entries; those of a view look at the memory of its input.</param>
/// <param name="IsContiguous">Whether the entries lie together in row-major order.</param>
public readonly record struct Node<T>(Operation<T>? Operation, int First, int Second, Shape Shape, int Block, int Offset, double Number,
    int[]? Indices, Strides Strides, bool IsContiguous)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
