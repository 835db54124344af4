namespace Descent.Fitting.Proofs;

/// <summary>Confirms a proof against data: digests, then the gap at its two points, computed anew.</summary>
static class ProofChecker
{
    /// <summary>Null when the proof holds; otherwise what differs.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="paths">The files of the data.</param>
    /// <param name="forms">Forms of files with typed columns that are known; null for none.</param>
    public static string? Refusal(ProofFile proof, IReadOnlyList<string> paths, IReadOnlyList<Data.IColumnForm>? forms = null)
    {
        try
        {
            ProofDigests digests = ProofDigests.Of(proof.Primal, proof.Dual);
            if (digests.Primal != proof.Digests.Primal) return "The primal point was changed: its digest differs.";
            if (digests.Dual != proof.Digests.Dual) return "The dual point was changed: its digest differs.";
            ProofProblem problem = ProofData.Read(proof, paths, forms ?? []);
            RequireSane(problem);
            (Ball value, Ball gap) = new ExactGap(problem, proof.Primal, proof.Dual).At(proof.Shrink);
            if (!BoundText.IsKnown(value) || !BoundText.IsKnown(gap))
                return "The numbers are so large or the columns so nearly dependent that 512 binary digits do not settle the bound.";
            (string bound, string allowance) = BoundText.Up(gap);
            string objective = BoundText.Nearest(value);
            if (proof.Objective != objective) return $"The objective at the primal point is {objective}; the proof says {proof.Objective}.";
            if (proof.Bound != bound) return $"The primal and dual points prove the bound {bound}; the proof says {proof.Bound}.";
            return proof.Allowance != allowance ? $"The rounding allowance of this bound is {allowance}; the proof says {proof.Allowance}."
                : null;
        }
        catch (ProofException e)
        {
            return "The proof has " + e.Message;
        }
    }

    static void RequireSane(ProofProblem p)
    {
        if (p.Count == 0) throw new ProofException("no rows.");
        if (!(p.L1 >= 0 && p.L2 >= 0 && double.IsFinite(p.L1 + p.L2))) throw new ProofException("a penalty that is not a number ≥ 0.");
        if (p.Scales is { } s && (s.Length != p.Columns || s.Any(x => !(x > 0) || !double.IsFinite(x))))
            throw new ProofException("scales that are not one number above 0 a column.");
        if (p.Loss.Wrong(p) is { } wrong) throw new ProofException(wrong);
        if (p.Loss.NeedsClasses > 0 && p.Classes != p.Loss.NeedsClasses)
            throw new ProofException("a logistic model of other than two classes.");
        if (p.Weights is { } a && !(a.Sum() > 0)) throw new ProofException("no row of positive weight.");
    }
}
