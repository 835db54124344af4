namespace Descent.Autodiff;

// Whole matrices of derivatives, for few inputs: products with them are cheaper where they serve.
public sealed partial class Tape<T>
{
    /// <summary>The Jacobian <c>∂ofᵢ/∂byⱼ</c>, outputs × inputs. Cost: one reverse sweep an output.</summary>
    /// <param name="of">A tensor of m entries.</param>
    /// <param name="by">A tensor of n entries that it was made from.</param>
    public T[,] Jacobian(Var<T> of, Var<T> by)
    {
        int m = of.Shape.Length, n = by.Shape.Length;
        T[,] jacobian = new T[m, n];
        T[] unit = new T[m];
        Var<T>[] row = new Var<T>[1];
        for (int i = 0; i < m; i++)
        {
            unit[i] = T.One;
            Pullback(of, Leaf(unit, m).Reshape(of.Shape), [by], row);
            unit[i] = T.Zero;
            ReadOnlySpan<T> values = row[0].Value;
            for (int j = 0; j < n; j++) jacobian[i, j] = values[j];
        }
        return jacobian;
    }

    /// <summary>The Hessian <c>∂²of/∂byᵢ∂byⱼ</c> of a scalar. Cost: one gradient, and a reverse sweep through it an input.</summary>
    /// <param name="of">A tensor of one entry.</param>
    /// <param name="by">A tensor of n entries that it was made from.</param>
    public T[,] Hessian(Var<T> of, Var<T> by)
    {
        Var<T>[] gradient = new Var<T>[1];
        Gradient(of, [by], gradient);
        return Jacobian(gradient[0], by);
    }
}
