using Descent.Algorithms;
using Descent.Fitting.Families;
using Descent.Models.Linear;
using Descent.Oracles;

namespace Descent.Fitting.Online;

/// <summary>
/// A method of the catalogue on a stream: its objective is the risk of one row, which is put in the place of the one before. A method that
/// steps on the non-zeros of a row does so here too, and its bits are those of one epoch in the order of the file.
/// </summary>
/// <remarks>Memory: eight bytes a column for the point, what the method keeps, and sixteen for penalties; a row may fill every
/// column.</remarks>
sealed class OnlineLearner
{
    readonly long[] starts = [0, 0];
    readonly int[] indices;
    readonly double[] values, label = [1], weight = [1], offset = [0], margin = [0], slope = [0];
    readonly EmpiricalRisk<double> risk;
    readonly Iteration<double> iteration;

    public OnlineLearner(FitSpec spec, ModelFamily family, OnlineMethod method, int columns)
    {
        (indices, values) = (new int[columns], new double[columns]);
        risk = family.Risk(new CsrRows<double>(starts, indices, values, columns), label, new RiskOptions
        {
            Intercept = spec.Model.Intercept,
            PenaliseIntercept = spec.Model.PenaliseIntercept,
            L1 = spec.Model.L1,
            L2 = spec.Model.L2.Value,
            Weights = weight,
            Offsets = offset,
        }, spec.Model.OwnOf(family), 0);
        if (risk.NonSmooth is not null && !method.Entry.Proximal)
            throw new FitException($"`L1`: {method.Entry.Name} has no proximal steps. Use `Method = sgd`, or the λ₁ of `Method = ftrl`.");
        iteration = method.Start(risk, new double[risk.Dimension], new Draws(spec.Seed));
    }

    /// <summary>Weights, then the intercept.</summary>
    public ReadOnlySpan<double> Point => iteration.Point;

    /// <summary>The losses so far, each before its row was learnt from.</summary>
    public ProgressiveLoss Loss { get; private set; }

    /// <summary>The margin of the last row before it was learnt from.</summary>
    public double Margin => margin[0];

    /// <summary>Whether a number has left the range of doubles: nothing is learnt any more.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Room for the entries of the next row: distinct columns, ascending.</summary>
    public (int[] Indices, double[] Values) Room => (indices, values);

    /// <summary>Predicts the row that lies in the room, then learns from it.</summary>
    /// <param name="entries">How many entries it has.</param>
    /// <param name="y">Its label.</param>
    /// <param name="w">Its weight; a row of weight 0 is predicted alone.</param>
    /// <param name="o">What is added to its margin.</param>
    /// <returns>The loss before.</returns>
    public double Learn(int entries, double y, double w, double o)
    {
        Predict(entries, o);
        label[0] = y;
        double loss = risk.LossAt(0, margin, slope);
        Loss = Loss.With(loss, w);
        if (w == 0 || HasDiverged) return loss;
        weight[0] = w;
        if (double.IsFinite(loss)) iteration.Advance();
        HasDiverged = !double.IsFinite(loss) || !double.IsFinite(iteration.LastValue);
        return loss;
    }

    /// <summary>The margin of the row that lies in the room.</summary>
    public double Predict(int entries, double o)
    {
        starts[1] = entries;
        offset[0] = o;
        risk.Products(iteration.Point, margin);
        return margin[0] += o;
    }

    /// <summary>Shows the method's state to a visitor.</summary>
    public void Visit(IStateVisitor visitor) => iteration.Visit(visitor);
}
