namespace Descent.Fitting.Formulas;

/// <summary>
/// Which factors of which terms are coded by contrasts and which by a column a level: contrasts where what is left of the term without
/// the factor is in the model before it, so that the columns of the term add to those there are; all levels where it is not. Without a
/// constant the first factor of the first term that has one gets all of its levels. Source: <c>TermCode</c> and <c>modelmatrix</c> in
/// R's src/library/stats/src/model.c; Chambers and Hastie (1992), section 2.4.1.
/// </summary>
static class Coding
{
    /// <summary>For every term, for each of its variables: whether it has a column for each of its levels.</summary>
    /// <param name="terms">Terms as rising numbers of their variables, in the order of the model.</param>
    /// <param name="isFactor">Which variables are factors.</param>
    /// <param name="intercept">Whether there is a constant.</param>
    public static bool[][] Of(IReadOnlyList<int[]> terms, IReadOnlyList<bool> isFactor, bool intercept)
    {
        List<int>[] having = [.. isFactor.Select(_ => new List<int>())];
        bool[][] full = new bool[terms.Count][];
        for (int t = 0; t < terms.Count; t++)
        {
            int[] term = terms[t];
            full[t] = [.. term.Select(v => isFactor[v] && !IsIn([.. term.Where(o => o != v)]))];
            foreach (int v in term) having[v].Add(t);
        }
        if (intercept) return full;
        for (int t = 0; t < terms.Count; t++)
        {
            int first = Array.FindIndex(terms[t], v => isFactor[v]);
            if (first < 0) continue;
            full[t][first] = true;
            break;
        }
        return full;

        // Whether a term before holds all of the margin; an empty margin is the constant's.
        bool IsIn(int[] margin) => margin.Length == 0
            || having[margin.MinBy(v => having[v].Count)].Any(t => margin.All(v => Array.BinarySearch(terms[t], v) >= 0));
    }
}
