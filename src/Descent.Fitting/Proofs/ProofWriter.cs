using System.Globalization;
using Descent.Algorithms;
using Descent.Data;
using Descent.Oracles;

namespace Descent.Fitting.Proofs;

/// <summary>Makes the proof of a fit: several dual points are tried, and the one with the smallest gap is written.</summary>
sealed class ProofWriter
{
    // A bound far below what a fit asks for: the dual point of a primal point is as far from the best as its gradient, not as its gap.
    const double Finest = 1e-15;
    static readonly double[] Ends = [1e-3, 1e-5, 1e-7, 1e-9];
    readonly RiskFit fit;
    readonly ProofProblem problem;
    readonly ProofTerms terms;
    double[] dual = [];
    double shrink = 1;
    Ball value, gap;
    string? refusal;

    ProofWriter(RiskFit fit)
    {
        this.fit = fit;
        (terms, problem) = (Terms(fit), null!);
        LoadedData data = fit.Data;
        (int[], double[])[] rows = data.Dense is { } dense ? ProofData.Rows(dense, data.Columns, fit.TrainRows)
            : ProofData.Rows(data.Sparse!.Value, fit.TrainRows);
        problem = ProofData.Problem(terms, rows, fit.TrainLabels, data.Weights is { } w ? [.. fit.TrainRows.Select(i => w[i])]
            : null, data.Columns);
    }

    /// <summary>Requests of which it is known beforehand that they have no proof.</summary>
    public static void RequirePossible(FitSpec spec, LoadedData? data = null)
    {
        if (spec.Output.Proof is null) return;
        if (spec.Model.Network is not null)
            throw new FitException("`Proof`: a network's objective is not convex, so there is no certificate to prove. Linear models "
                + "have proofs.");
        if (spec.Data.Origin is { } origin)
            throw new FitException($"`Proof`: the data of a proof lies in files, which its reader has too; {origin.Name} is none. Write "
                + "the rows to a file first, or leave `Proof` out.");
        if (spec.Data.Formula is not null)
            throw new FitException("`Proof`: a reader of the proof would need the terms of `Formula` beside the data, and the checkers "
                + "know columns alone; name columns by `Features`, or leave `Proof` out.");
        if ((data?.Family ?? spec.Model.Family) is { Proof: null } family)
            throw new FitException($"`Proof`: the checkers do not know the loss of `Family = {family}`; its certificate stands in "
                + "the report.");
        if (spec.Data.Offset is not null || spec.Data.Exposure is not null)
            throw new FitException("`Proof`: the checkers know no offsets yet; leave `Offset` and `Exposure` out, or `Proof`.");
        if (spec.Data.Dates.Count > 0)
            throw new FitException("`Proof`: parts of dates are not in the data that a reader of the proof has. Write them into the file.");
        if (spec.Data.Fills || spec.Data.Missing == MissingPolicy.Keep)
            throw new FitException($"`Proof`: with `Missing = {spec.Data.MissingOf.Values.Append(spec.Data.Missing).First(r => r.Policy
                is not (MissingPolicy.Fail or MissingPolicy.Skip))}` the values are not in the data that a reader of the proof has. Use "
                + "`Missing = skip`, or fill the file.");
        if (data is { Format: "IDX" or "NPY" })
            throw new FitException("`Proof` is for tables and LIBSVM files; IDX and NPY files are not among what the checkers read.");
    }

    /// <summary>The proof, or the reason why there is none.</summary>
    public static (ProofFile? Proof, string? Refusal) Of(RiskFit fit)
    {
        if (!fit.Parameters.All(double.IsFinite)) return (null, "the parameters are not finite.");
        ProofWriter writer = new(fit);
        writer.Search();
        return writer.dual.Length == 0 ? (null, writer.refusal) : (writer.File(), null);
    }

    void Search()
    {
        double[] here = DualPoint.At(problem, fit.Parameters);
        Try(here);
        if (IsSmall) return;
        if (Other() is { } other)
        {
            Try(other);
            foreach (double least in Ends)
                if (!IsSmall) Try(DualPoint.Snapped(problem, other, least));
            if (IsSmall) return;
        }
        foreach (double least in Ends) Try(DualPoint.Snapped(problem, here, least));
        // No slope at all proves F ≥ Σ ωᵢ min φᵢ.
        Try(new double[here.Length]);
    }

    bool IsSmall => dual.Length > 0 && gap.High <= System.Numerics.BigInteger.Abs(value.Mid) / 10_000_000_000_000;

    void Try(double[] candidate)
    {
        try
        {
            ExactGap exact = new(problem, fit.Parameters, candidate);
            double factor = exact.LargestShrink();
            (Ball f, Ball g) = exact.At(factor);
            if (!BoundText.IsKnown(f) || !BoundText.IsKnown(g))
                throw new ProofException("numbers so large, or columns so nearly dependent, that 512 binary digits do not settle the "
                    + "bound.");
            if (dual.Length == 0 || g.High < gap.High) (dual, shrink, value, gap) = (candidate, factor, f, g);
        }
        catch (ProofException e)
        {
            refusal ??= "its best point has " + e.Message;
        }
    }

    // The dual point of a better primal point than the one that is proved, found by the method of choice; null where that gives none.
    double[]? Other()
    {
        try
        {
            return Refit();
        }
        catch (FitException)
        {
            return null;
        }
    }

    double[]? Refit()
    {
        FitSpec again = fit.Spec with { Method = new MethodSpec(), Budget = new Budget { Time = TimeSpan.FromMinutes(1), Gap = Finest } };
        RiskFitter fitter = new(again, fit.Data);
        Plan plan = fitter.Prepare();
        if (fitter.Risk is IPiecewiseLinearOracle<double> pieces && plan.Method == "interior-point")
        {
            Iteration<double> run = ((IMethod<double, IPiecewiseLinearOracle<double>>)new InteriorPoint())
                .Start(pieces, new double[pieces.Dimension], new Numerics.Draws(1));
            run.Advance(200);
            return DualPoint.OfPieces(problem, run.Dual[..problem.Count]);
        }
        double[] better = fitter.Run(plan, default, null).Parameters;
        return better.All(double.IsFinite) ? DualPoint.At(problem, better) : null;
    }

    ProofFile File()
    {
        (string bound, string allowance) = BoundText.Up(gap);
        // Readers of JSON differ on the sign of zero.
        double[] primal = Array.ConvertAll(fit.Parameters, x => x + 0.0);
        dual = Array.ConvertAll(dual, x => x + 0.0);
        return new ProofFile
        {
            Statement = "F(primal) - inf F <= bound, for F(w) = sum over examples of weight*loss / sum of weights + penalties, "
                + "exactly, on the numbers read as IEEE 754 doubles; the duality gap of primal and dual lies above bound - allowance.",
            Data = Reading(),
            Problem = terms,
            Objective = BoundText.Nearest(value),
            Bound = bound,
            Allowance = allowance,
            Digests = ProofDigests.Of(primal, dual),
            Shrink = shrink,
            Primal = primal,
            Dual = dual,
        };
    }

    ProofReading Reading()
    {
        LoadedData data = fit.Data;
        Table? table = data.Table;
        return new ProofReading
        {
            Format = table is null ? "libsvm" : "table",
            Separator = table?.Separator.ToString(CultureInfo.InvariantCulture),
            Header = table?.HasHeader,
            SkipLines = table?.LinesBefore ?? 0,
            DecimalSign = table is { DecimalSign: ',' } ? "," : null,
            MissingWords = fit.Spec.Data.MissingWords.Count == 0 ? null : fit.Spec.Data.MissingWords,
            Encoding = (table?.Encoding ?? data.Reading?.Encoding) is { } encoding and not "utf-8" ? encoding : null,
            // A column's own rule leaves rows out, or finds none to leave out.
            Missing = fit.Spec.Data.MissingOf.Values.Append(fit.Spec.Data.Missing).Any(r => r.Policy == MissingPolicy.Skip)
                ? "skip" : "fail",
            OnBadRow = fit.Spec.Data.SkipBadRows ? "skip" : "fail",
            ZeroBased = data.ZeroBased,
            Rows = data.Count,
            Train = fit.TrainRows.Length == data.Count ? null : fit.TrainRows,
            Columns = table is null ? null : ProofData.ColumnsOf(table),
            Sha256 = table is null ? ProofData.DigestOf(data.Sparse!.Value, data.RawLabels!, [.. data.Features.Select(f => f.Index)])
                : null,
        };
    }

    static ProofTerms Terms(RiskFit fit)
    {
        (LoadedData data, FitSpec spec) = (fit.Data, fit.Spec);
        return new ProofTerms
        {
            Model = data.Model,
            Tau = data.Model == "quantile" ? spec.Model.Tau : null,
            Delta = data.Model == "huber" ? spec.Model.Delta : null,
            Target = data.Target,
            Classes = data.Classes,
            Reference = fit.HasReference,
            Weight = spec.Data.WeightColumn,
            ClassWeights = data.ClassFactors,
            Intercept = spec.Model.Intercept,
            PenaliseIntercept = spec.Model.PenaliseIntercept,
            L2 = fit.L2,
            L1 = spec.Model.L1,
            Scales = spec.Model.Standardise && (fit.L2 > 0 || spec.Model.L1 > 0) ? fit.Scaling?.Deviations : null,
            Features = data.Table is null ? null : [.. data.Features.Select(f => new ProofFeature(f.Column, f.Level))],
            Levels = data.Levels.Count == 0 ? null : new Dictionary<string, IReadOnlyList<string>>(data.Levels),
            Width = data.Table is null ? data.Columns : null,
            Numbers = data.Table is null && data.Features[^1].Index != data.Columns - 1 ? [.. data.Features.Select(f => f.Index)] : null,
        };
    }
}
