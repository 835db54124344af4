namespace Descent.Models.Certificates;

/// <summary>
/// From the dual variables of an interior-point run to a vertex of the dual in double-double arithmetic:
/// variables near a bound are put on it, the others solve the equations that the optimum solves (free and active columns vanish;
/// with a ridge, x·w = c in the rows between the bounds).
/// </summary>
sealed class ExactKinks(ExactRisk risk, ExactPoint point)
{
    readonly DoubleDouble[] slopes = new DoubleDouble[risk.Rows];
    readonly List<int> between = [], columns = [];
    readonly int[] sign = new int[risk.Dimension];
    readonly DoubleDouble[] target = new DoubleDouble[risk.Dimension];

    /// <summary>Sets the point's dual variables to the refined ones.</summary>
    /// <param name="dual">u of every example.</param>
    /// <param name="near">What part of its range a variable may be from a bound to be put on it.</param>
    public void Refine(ReadOnlySpan<double> dual, double near)
    {
        between.Clear();
        columns.Clear();
        double range = (risk.High - risk.Low).Hi;
        for (int i = 0; i < risk.Count; i++)
        {
            double u = dual[i];
            bool low = u - risk.Low.Hi <= near * range, high = risk.High.Hi - u <= near * range;
            slopes[i] = low ? risk.Low : high ? risk.High : u;
            if (!low && !high) between.Add(i);
        }
        point.Take(slopes);
        bool curved = false;
        for (int j = 0; j < risk.Dimension; j++)
        {
            double l = risk.Lasso[j], v = point.V[j].Hi;
            bool active = l == 0 || Math.Abs(v) > l * (risk.Ridge[j] > 0 ? 1 : 1 - 1e-6);
            sign[j] = l == 0 ? 0 : -Math.Sign(v);
            if (active) columns.Add(j);
            curved |= active && risk.Ridge[j] > 0;
        }
        Array.Clear(target);
        if (!curved || !SolveSaddle()) Project();
        point.Take(slopes);
    }

    /// <summary>Sets the point's dual variables to the given ones,
    /// moved in proportion to their room until v vanishes in the free columns to the last digits.</summary>
    public void Balance(ReadOnlySpan<DoubleDouble> dual)
    {
        between.Clear();
        columns.Clear();
        for (int i = 0; i < risk.Count; i++)
        {
            slopes[i] = dual[i];
            between.Add(i);
        }
        for (int j = 0; j < risk.Dimension; j++)
            if (risk.IsFree(j)) columns.Add(j);
        Array.Clear(sign);
        Array.Clear(target);
        point.Take(slopes);
        if (columns.Count > 0) Project();
    }

    // u ← u − D E c until v is what the active columns ask for.
    void Project()
    {
        for (int pass = 0; pass < 3; pass++)
        {
            DoubleDouble[] d = ExactBound.Room(risk, point);
            ExactGram gram = new ExactGram(risk, point, columns, false).Fill(d);
            DoubleDouble[] right = new DoubleDouble[columns.Count], c = new DoubleDouble[columns.Count];
            for (int a = 0; a < right.Length; a++)
                right[a] = point.V[columns[a]] + ((DoubleDouble)risk.Lasso[columns[a]] * sign[columns[a]]) + target[columns[a]];
            Factorisation.Of(gram.Matrix, gram.Size, 1e-26).Solve(right, c);
            DoubleDouble[] wide = new DoubleDouble[risk.Dimension];
            for (int a = 0; a < c.Length; a++) wide[columns[a]] = c[a];
            foreach (int i in between)
            {
                DoubleDouble t = 0;
                for (int e = risk.Starts[i]; e < risk.Starts[i + 1]; e++) t += wide[risk.Parameter[e]] * risk.Value[e];
                slopes[i] = Inside(slopes[i] - (d[i] * t));
            }
            point.Take(slopes);
        }
    }

    // Λw + Σ ω x u = −(the rest), x·w = c: unknown w of the active columns and ωu of the rows between.
    bool SolveSaddle()
    {
        int p = columns.Count, size = p + between.Count;
        if (size > 300) return false;
        DoubleDouble[] matrix = new DoubleDouble[size * size], right = new DoubleDouble[size], held = (DoubleDouble[])slopes.Clone();
        foreach (int i in between) held[i] = 0;
        point.Take(held);
        int[] local = new int[risk.Dimension];
        for (int a = 0; a < p; a++)
        {
            int j = columns[a];
            local[j] = a + 1;
            matrix[(a * size) + a] = risk.Ridge[j];
            right[a] = -(point.V[j] + ((DoubleDouble)risk.Lasso[j] * sign[j]));
        }
        for (int b = 0; b < between.Count; b++)
        {
            int i = between[b];
            right[p + b] = risk.LevelOf(i);
            for (int e = risk.Starts[i]; e < risk.Starts[i + 1]; e++)
            {
                int a = local[risk.Parameter[e]] - 1;
                if (a < 0) continue;
                matrix[((p + b) * size) + a] += risk.Value[e];
                matrix[(a * size) + p + b] += risk.Value[e];
            }
        }
        if (!Elimination.Solve(matrix, right, size))
        {
            point.Take(slopes);
            return false;
        }
        DoubleDouble[] solved = (DoubleDouble[])slopes.Clone();
        bool inside = true;
        for (int b = 0; b < between.Count; b++)
        {
            DoubleDouble u = right[p + b] / risk.Weight[between[b]];
            inside &= (u - risk.Low).Hi >= 0 && (risk.High - u).Hi >= 0;
            solved[between[b]] = u;
        }
        // w is unique where u is not: then u moves from where it is to the v that this w asks for.
        for (int a = 0; a < p; a++) target[columns[a]] = right[a] * risk.Ridge[columns[a]];
        if (!inside) point.Take(slopes);
        else solved.CopyTo(slopes, 0);
        return inside;
    }

    DoubleDouble Inside(DoubleDouble u) => (u - risk.Low).Hi < 0 ? risk.Low : (risk.High - u).Hi < 0 ? risk.High : u;
}
