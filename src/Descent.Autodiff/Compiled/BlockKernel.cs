namespace Descent.Autodiff.Compiled;

/// <summary>A plan as generated code: the first n rows of a block from their columns to the loss and,
/// when it was made so, back to the gradient.</summary>
/// <param name="values">Columns of the block: inputs and labels are read, the loss is written.</param>
/// <param name="seed">Cotangents of the loss, zero past the last row.</param>
/// <param name="w">The parameters.</param>
/// <param name="gradient">What the block adds to the gradient.</param>
/// <param name="n">Rows, filled up to whole vectors.</param>
delegate void BlockKernel<T>(T[] values, T[] seed, T[] w, double[] gradient, int n);
