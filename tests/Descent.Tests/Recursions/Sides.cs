namespace Descent.Tests.Recursions;

/// <summary>The Kronecker factors of a block: L of GGᵀ and R of GᵀG, each where its side is longer than one and not too long.</summary>
sealed class Sides(Block block, int largest)
{
    public double[,] Left { get; } = new double[block.Rows, block.Rows];

    public double[,] Right { get; } = new double[block.Columns, block.Columns];

    public bool OfLeft => block.Rows > 1 && block.Rows <= largest;

    public bool OfRight => block.Columns > 1 && block.Columns <= largest;

    public int Number => (OfLeft ? 1 : 0) + (OfRight ? 1 : 0);

    public void Add(double[,] g, double keep, double add)
    {
        double[,] t = Dense.Transpose(g);
        Mix(Left, Dense.Multiply(g, t), keep, add);
        Mix(Right, Dense.Multiply(t, g), keep, add);
    }

    /// <summary>QΛQᵀ with every eigenvalue changed.</summary>
    public static double[,] Function(double[,] matrix, Func<double, double> change)
    {
        var (values, q) = Dense.Eigen(matrix);
        double[,] scaled = (double[,])q.Clone();
        for (int i = 0; i < values.Length; i++)
            for (int j = 0; j < values.Length; j++) scaled[i, j] *= change(values[j]);
        return Dense.Multiply(scaled, Dense.Transpose(q));
    }

    static void Mix(double[,] moment, double[,] fresh, double keep, double add)
    {
        for (int i = 0; i < moment.GetLength(0); i++)
            for (int j = 0; j < moment.GetLength(1); j++) moment[i, j] = (keep * moment[i, j]) + (add * fresh[i, j]);
    }
}
