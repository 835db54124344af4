namespace Descent.Autodiff;

/// <summary>Forward mode: derivatives of functions written on dual numbers.</summary>
public static class Forward
{
    /// <summary>f(x) and f′(x) in one pass, exact to rounding.</summary>
    public static (double Value, double Derivative) Derivative(Func<Dual, Dual> function, double x)
    {
        ArgumentNullException.ThrowIfNull(function);
        Dual y = function(Dual.Variable(x));
        return (y.Value, y.Slope);
    }

    /// <summary>The Jacobian–vector product <c>(∂f/∂x)·v</c>: one evaluation.</summary>
    public static double[] Pushforward(Func<Dual[], Dual[]> function, ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (v.Length != x.Length) throw new ArgumentException($"Pushforward: the direction has {v.Length} entries; expected {x.Length}.");
        Dual[] inputs = new Dual[x.Length];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = new Dual(x[i], v[i]);
        return [.. function(inputs).Select(y => y.Slope)];
    }

    /// <summary>The Jacobian, row-major, outputs × inputs: one evaluation an input.</summary>
    public static double[,] Jacobian(Func<Dual[], Dual[]> function, ReadOnlySpan<double> x)
    {
        double[] direction = new double[x.Length];
        double[,]? result = null;
        for (int j = 0; j < x.Length; j++)
        {
            direction[j] = 1;
            double[] column = Pushforward(function, x, direction);
            direction[j] = 0;
            result ??= new double[column.Length, x.Length];
            for (int i = 0; i < column.Length; i++) result[i, j] = column[i];
        }
        return result ?? new double[0, 0];
    }
}
