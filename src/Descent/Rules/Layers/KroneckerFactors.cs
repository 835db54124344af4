using Descent.Oracles;

namespace Descent.Rules;

/// <summary>The second moments of one matrix block from its two sides, <c>L = ΣGGᵀ</c> and <c>R = ΣGᵀG</c>,
/// with their eigenvectors, renewed now and then.</summary>
sealed class KroneckerFactors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int rows, columns;
    readonly double[] left, right, gradient, work;
    readonly double[] leftVectors, rightVectors, leftValues, rightValues;
    readonly SymmetricEigen? leftEigen, rightEigen;

    /// <summary>Sides of one row or of more than <paramref name="largest"/> rows are left alone.</summary>
    public KroneckerFactors(Block block, int largest)
    {
        (rows, columns) = (block.Rows, block.Columns);
        bool ofLeft = rows > 1 && rows <= largest, ofRight = columns > 1 && columns <= largest;
        Sides = (ofLeft ? 1 : 0) + (ofRight ? 1 : 0);
        (left, leftVectors, leftValues, leftEigen) = Side(ofLeft ? rows : 0);
        (right, rightVectors, rightValues, rightEigen) = Side(ofRight ? columns : 0);
        gradient = new double[block.Length];
        work = new double[block.Length];
    }

    /// <summary>Number of sides kept: 2 for a matrix, 1 for a vector, 0 when both are too long.</summary>
    public int Sides { get; }

    /// <summary><c>L ← keep·L + add·GGᵀ</c>, and R alike.</summary>
    public void Add(ReadOnlySpan<T> g, double keep, double add)
    {
        Vectors.Convert(g, gradient.AsSpan());
        Vectors.Scale(keep, left.AsSpan());
        Vectors.Scale(keep, right.AsSpan());
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> row = gradient.AsSpan(i * columns, columns);
            for (int j = 0; left.Length > 0 && j < rows; j++)
                left[(i * rows) + j] += add * Vectors.Dot(row, gradient.AsSpan(j * columns, columns));
            for (int k = 0; right.Length > 0 && k < columns; k++) Vectors.AddScaled(add * row[k], row, right.AsSpan(k * columns, columns));
        }
    }

    /// <summary>Renews the eigenvectors; keeps the old ones when the moments are not finite.</summary>
    public void Renew()
    {
        Renew(leftEigen, left, leftVectors, leftValues);
        Renew(rightEigen, right, rightVectors, rightValues);
    }

    /// <summary><c>x ← (L + εI)^p x (R + εI)^p</c>.</summary>
    public void Precondition(Span<double> x, double power, double epsilon)
    {
        Turn(x, true);
        for (int i = 0; i < rows; i++)
        {
            double l = left.Length > 0 ? Math.Pow(Math.Max(0, leftValues[i]) + epsilon, power) : 1;
            for (int j = 0; j < columns; j++)
                x[(i * columns) + j] *= l * (right.Length > 0 ? Math.Pow(Math.Max(0, rightValues[j]) + epsilon, power) : 1);
        }
        Turn(x, false);
    }

    /// <summary><c>x ← Q_Lᵀ x Q_R</c>, into the eigenbasis, or back.</summary>
    public void Turn(Span<double> x, bool into)
    {
        // Rows of the vector matrices are eigenvectors, V = Qᵀ.
        if (left.Length > 0)
        {
            if (into) Matrices.Multiply<double>(leftVectors, x, work, rows, rows, columns);
            else Matrices.TransposeMultiply<double>(leftVectors, x, work, rows, rows, columns);
            work.AsSpan().CopyTo(x);
        }
        if (right.Length > 0)
        {
            if (into) Matrices.MultiplyTransposed<double>(x, rightVectors, work, rows, columns, columns);
            else Matrices.Multiply<double>(x, rightVectors, work, rows, columns, columns);
            work.AsSpan().CopyTo(x);
        }
    }

    public void Visit(IStateVisitor visitor, string name)
    {
        visitor.Buffer<double>(name + ".left", left);
        visitor.Buffer<double>(name + ".right", right);
        visitor.Buffer<double>(name + ".leftVectors", leftVectors);
        visitor.Buffer<double>(name + ".rightVectors", rightVectors);
        visitor.Buffer<double>(name + ".leftValues", leftValues);
        visitor.Buffer<double>(name + ".rightValues", rightValues);
    }

    static (double[] Moment, double[] Vectors, double[] Values, SymmetricEigen? Eigen) Side(int d) =>
        (new double[d * d], new double[d * d], new double[d], d > 0 ? new SymmetricEigen(d) : null);

    static void Renew(SymmetricEigen? eigen, double[] moment, double[] vectors, double[] values)
    {
        if (eigen is null || !eigen.Decompose(moment)) return;
        eigen.Values.CopyTo(values);
        for (int i = 0; i < values.Length; i++) eigen.Vector(i).CopyTo(vectors.AsSpan(i * values.Length));
    }
}
