namespace Descent.Models.Certificates;

/// <summary>
/// A lower bound on inf F from the slopes u of a point: <c>−Σ ω φ*(u) − Σ h*(−v)</c>, v = Σ ω u x. A parameter without a penalty needs v =
/// 0 exactly. What is left of v is removed in thought by <c>u − D E c</c> with <c>(Σ ω D e eᵀ) c = v</c>, which moves the loss part by at
/// most <c>ν² = vᵀ(Σ ω D e eᵀ)⁻¹v</c>; the matrix is proved positive definite, so that ν is a number and not a hope.
/// </summary>
sealed class ExactBound
{
    // How far a parameter may be from 0 whose column depends on others to within the digits of the data, in units of the largest
    // parameter.
    const double Reach = 1e6;

    // Entries are below 2: a column this near to a combination of others is one but for the rounding of its digits.
    const double SameColumn = 1.8e-15;

    readonly ExactRisk risk;
    readonly ExactPoint point;
    readonly DoubleDouble[] room;
    readonly double steepness, shift, valueReach;
    readonly double[] termError;
    readonly bool[] still;
    readonly List<int> restricted = [];
    double nu, lambda = 1, largestStep;
    Factorisation? factor;
    int[] free = [];

    /// <summary>Prepares the bound at a point that has been evaluated.</summary>
    /// <param name="risk">The problem.</param>
    /// <param name="point">Margins and slopes.</param>
    /// <param name="valueReach">An upper bound on inf F less the smallest losses.</param>
    public ExactBound(ExactRisk risk, ExactPoint point, double valueReach)
    {
        (this.risk, this.point, this.valueReach) = (risk, point, valueReach);
        room = risk.Shape == LossShape.Multinomial ? [] : Room(risk, point);
        double slopes = 0, curved = 0;
        for (int i = 0; i < risk.Count; i++)
        {
            double omega = risk.Weight[i].Hi;
            for (int r = risk.First[i]; r < risk.First[i + 1]; r++) slopes += omega * Math.Abs(point.U[r].Hi);
            curved += omega * (room.Length == 0 ? 1 : room[i].Hi);
        }
        termError = TermErrors(risk, point);
        still = Still();
        shift = 2 * Math.Sqrt(curved) * 1.0001;
        steepness = slopes;
    }

    bool Kinked => risk.Shape == LossShape.Kinked;

    /// <summary>The bound; −∞ when there is none.</summary>
    public double Lower { get; private set; } = double.NegativeInfinity;

    /// <summary>What of <see cref="Lower"/> is an allowance for rounding.</summary>
    public double Allowance { get; private set; }

    /// <summary>Parameters that are held within a box, because their columns cannot be told from combinations of others;
    /// empty when the bound is for all w.</summary>
    public IReadOnlyList<int> Restricted => restricted;

    /// <summary>
    /// Whether the feasible dual point, for which <see cref="Lower"/> holds, gives every wrong class of every example, or every mean of a
    /// count, more than 0.
    /// </summary>
    public bool IsInterior
    {
        get
        {
            if (risk.Shape is not (LossShape.Multinomial or LossShape.Poisson) || double.IsNegativeInfinity(Lower) || restricted.Count > 0)
                return false;
            for (int i = 0; i < risk.Count; i++)
                for (int r = risk.First[i]; r < risk.First[i + 1]; r++)
                    if (point.Masked[r] || !((risk.Shape == LossShape.Poisson ? point.Own[i].Hi : point.U[r].Hi) > double.Epsilon))
                        return false;
            return true;
        }
    }

    /// <summary>Works the bound out.</summary>
    public ExactBound Work()
    {
        if (!Vanish() || !StaysInside()) return this;
        // D(u) = F(w) less the Fenchel–Young terms: Σ ω uz is v·w, to which free parameters, whose v vanishes, contribute nothing.
        // Kinked losses have φ*(u) = uc instead.
        DoubleDouble sum = Kinked ? point.Conjugates : point.Losses;
        double charge = Kinked ? 0 : 4.0 * (risk.Rows + risk.Dimension + 8) * DoubleDouble.Epsilon * point.MarginSize;
        for (int j = 0; j < risk.Dimension; j++)
        {
            if (risk.IsFree(j)) continue;
            Penalty(j, ref sum, ref charge);
        }
        double largest = 1;
        foreach (DoubleDouble w in point.W) largest = Math.Max(largest, Math.Abs(w.Hi));
        foreach (int j in restricted) charge += (Math.Abs(point.V[j].Hi) + termError[j] + (shift * nu)) * 2 * Reach * largest;
        Allowance = ((risk.Shape == LossShape.Multinomial ? 4 * Rounding.Unit * point.LossSize : 0)
            + (64.0 * (risk.Rows + 32) * DoubleDouble.Epsilon * (point.Size + steepness))
            + (2 * Rounding.Unit * Math.Abs(sum.Hi)) + charge + MovedLoss() + 1e-290) * 1.0001;
        Lower = sum.Hi - Allowance;
        if (!double.IsFinite(Lower)) Lower = double.NegativeInfinity;
        return this;
    }

    /// <summary>How far a dual variable may move and in what proportion: D of every example.</summary>
    public static DoubleDouble[] Room(ExactRisk risk, ExactPoint point)
    {
        DoubleDouble[] d = new DoubleDouble[risk.Count];
        for (int i = 0; i < d.Length; i++)
        {
            DoubleDouble u = point.U[risk.First[i]];
            d[i] = risk.Shape switch
            {
                LossShape.Huber => ((DoubleDouble)risk.Delta - DoubleDouble.Abs(u)) / risk.Delta,
                LossShape.Poisson => point.Own[i],
                LossShape.Kinked => (risk.High - u).Hi < (u - risk.Low).Hi ? risk.High - u : u - risk.Low,
                _ => 1,
            };
            if (d[i].Hi < 0 || point.Masked[risk.First[i]]) d[i] = 0;
        }
        return d;
    }

    // Rows that add nothing to any v, before and after u is moved: those left out, and kinked ones on a bound that is 0.
    bool[] Still()
    {
        if (!Kinked) return point.Masked;
        bool[] rows = new bool[risk.Rows];
        for (int r = 0; r < rows.Length; r++) rows[r] = point.U[r].Hi == 0 && room[r].Hi == 0;
        return rows;
    }

    // Every v is a sum of at most as many terms as there are rows:
    // its rounding is in proportion to their sizes, and to what is lost below the smallest normal number.
    static double[] TermErrors(ExactRisk risk, ExactPoint point)
    {
        double[] size = new double[risk.Dimension];
        double steepest = 1;
        for (int i = 0; i < risk.Count; i++)
        {
            for (int r = risk.First[i]; r < risk.First[i + 1]; r++)
            {
                double u = Math.Abs(point.U[r].Hi), a = risk.Weight[i].Hi * u;
                if (u == 0) continue;
                steepest = Math.Max(steepest, u);
                for (int e = risk.Starts[r]; e < risk.Starts[r + 1]; e++) size[risk.Parameter[e]] += a * Math.Abs(risk.Value[e]);
            }
        }
        for (int j = 0; j < size.Length; j++) size[j] = (risk.Rows + 8) * ((4.01 * DoubleDouble.Epsilon * size[j]) + (1e-318 * steepest));
        return size;
    }

    // ν and the step c that removes v in the free parameters.
    bool Vanish()
    {
        free = [.. Enumerable.Range(0, risk.Dimension).Where(j => risk.IsFree(j) && Counts(j))];
        if (free.Length == 0) return true;
        bool coarse = risk.HessianWork > ExactSolver.Coarse;
        ExactGram gram = new ExactGram(risk, point, free, coarse).Fill(room);
        double entryError = 4 * (gram.Terms + 8) * (coarse ? Rounding.Unit : DoubleDouble.Epsilon),
            drop = 8 * free.Length * (entryError + (2 * free.Length * DoubleDouble.Epsilon));
        factor = Factorisation.Of(gram.Matrix, gram.Size, drop);
        lambda = factor.SmallestEigenvalue(entryError);
        if (!(lambda > 0)) return false;
        double square = 0;
        for (int a = 0; a < factor.Rank; a++)
        {
            int j = factor.Order[a];
            double v = (Math.Abs(point.V[free[j]].Hi) + termError[free[j]]) * factor.ScaleOf(j);
            square += v * v;
        }
        nu = Math.Sqrt(square / lambda) * 1.0001;
        largestStep = Math.Sqrt(square) / lambda * 1.0001;
        for (int a = factor.Rank; a < free.Length; a++)
        {
            double left = Remainder(factor.Order[a], gram.Matrix);
            if (left > SameColumn) return false;
            if (left > 0) restricted.Add(free[factor.Order[a]]);
        }
        return double.IsFinite(nu);
    }

    // A column that is zero in every row that counts: its v is 0.
    bool Counts(int j)
    {
        for (int r = 0; r < risk.Rows; r++)
        {
            if (still[r]) continue;
            ReadOnlySpan<int> parameters = risk.ParametersOf(r);
            for (int e = 0; e < parameters.Length; e++)
                if (parameters[e] == j) return true;
        }
        return false;
    }

    // How far the column is from a combination of the kept ones, in any row: 0 where it is one exactly.
    double Remainder(int column, DoubleDouble[] matrix)
    {
        int size = free.Length;
        DoubleDouble[] right = new DoubleDouble[size], c = new DoubleDouble[size];
        for (int b = 0; b < size; b++) right[b] = matrix[column < b ? (column * size) + b : (b * size) + column];
        factor!.Solve(right, c);
        int[] others = new int[factor.Rank];
        DoubleDouble[] guess = new DoubleDouble[factor.Rank];
        for (int a = 0; a < others.Length; a++) (others[a], guess[a]) = (free[factor.Order[a]], c[factor.Order[a]]);
        return Dependence.IsExact(risk, still, free[column], others, guess)
            ? 0
            : Dependence.Remainder(risk, still, free[column], others, guess);
    }

    // u − D E c must stay in the domain: each |e·c| is bounded by Cauchy's inequality, in the norm of c and in that of the matrix.
    bool StaysInside()
    {
        if (free.Length == 0 || nu == 0) return true;
        double[] scale = new double[risk.Dimension];
        for (int a = 0; a < factor!.Rank; a++) scale[free[factor.Order[a]]] = factor.ScaleOf(factor.Order[a]);
        double limit = risk.Shape switch
        {
            LossShape.Squared => double.PositiveInfinity,
            LossShape.Huber => risk.Delta,
            LossShape.Kinked => 1,
            _ => 0.5,
        };
        for (int i = 0; i < risk.Count; i++)
        {
            for (int r = risk.First[i]; r < risk.First[i + 1]; r++)
            {
                double d = risk.Shape == LossShape.Multinomial ? point.U[r].Hi * point.Own[i].Hi : room[i].Hi;
                if (d == 0 || nu <= limit * Math.Sqrt(risk.Weight[i].Hi * d) * 0.999) continue;
                double norm = 0;
                ReadOnlySpan<int> parameters = risk.ParametersOf(r);
                ReadOnlySpan<double> values = risk.ValuesOf(r);
                for (int e = 0; e < parameters.Length; e++) norm += values[e] * values[e] * scale[parameters[e]] * scale[parameters[e]];
                if (!(Math.Sqrt(norm) * largestStep <= 0.999 * limit)) return false;
            }
        }
        return true;
    }

    // What the move costs the loss part: second order where u is the slope at z, first order for kinked losses.
    double MovedLoss()
    {
        if (free.Length == 0) return 0;
        if (!Kinked) return nu * nu;
        double square = 0;
        for (int i = 0; i < risk.Count; i++) square += risk.Weight[i].Hi * room[i].Hi * risk.LevelOf(i).Hi * risk.LevelOf(i).Hi;
        return Math.Sqrt(square) * nu;
    }

    // h*(−v) of one penalised parameter; λ₁ alone allows |v| ≤ λ₁, and what is beyond is charged with the largest |w*| that F permits.
    void Penalty(int j, ref DoubleDouble sum, ref double charge)
    {
        DoubleDouble beyond = DoubleDouble.Abs(point.V[j]) - risk.Lasso[j];
        double error = termError[j] + (shift * nu) + (DoubleDouble.Epsilon * risk.Lasso[j]);
        if (!Kinked)
        {
            sum -= point.V[j] * point.W[j];
            charge += (error + (8 * risk.Dimension * DoubleDouble.Epsilon * Math.Abs(point.V[j].Hi))) * Math.Abs(point.W[j].Hi);
        }
        if (beyond.Hi + error <= 0) return;
        if (risk.Ridge[j] == 0)
        {
            charge += (Math.Max(0, beyond.Hi) + error) * (valueReach / risk.Lasso[j]) * 1.0001;
            return;
        }
        if (beyond.Hi < 0) beyond = 0;
        DoubleDouble lost = beyond * beyond / (2 * risk.Ridge[j]);
        sum -= lost;
        charge += (((2 * beyond.Hi) + error) * error / (2 * risk.Ridge[j])) + (16 * risk.Dimension * DoubleDouble.Epsilon * lost.Hi);
    }
}
