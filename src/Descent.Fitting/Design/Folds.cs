namespace Descent.Fitting.Design;

/// <summary>Cuts rows into folds, by the seed: by class where there are classes, by group where rows belong together.</summary>
static class Folds
{
    /// <summary>For each fold, rows that train and rows that are held out, by their numbers in the data; both rising.</summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">The rows that are cut.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="FitException">There are too few rows, groups, or rows of a class.</exception>
    public static (int[] Train, int[] Held)[] Of(LoadedData data, int[] rows, int folds, ulong seed)
    {
        if (rows.Length < folds)
            throw new FitException($"`CrossValidate` is {folds}, and there are {Text.Plural(rows.Length, "row")} to cut.");
        int[] order = new int[rows.Length];
        Permutation.Fill(new Draws(seed, 97).NextWord(), order);
        int[] shuffled = [.. order.Select(i => rows[i])];
        Dictionary<int, int> foldOf = data.Groups is { } groups ? ByGroup(groups, shuffled, folds) : ByClass(data, shuffled, folds);
        (int[], int[])[] cut = [.. Enumerable.Range(0, folds)
            .Select(f => (rows.Where(i => foldOf[i] != f).Order().ToArray(), rows.Where(i => foldOf[i] == f).Order().ToArray()))];
        if (data.Classes is not null)
            foreach (var (train, held) in cut) RequireClasses(data, rows, train);
        return cut;
    }

    /// <summary>
    /// Folds of rows in the order of time: of K + 1 parts of n/(K + 1) rows (the first takes what is left over) each of the last K is held
    /// out from a fit to all rows before it. As scikit-learn's TimeSeriesSplit.
    /// </summary>
    /// <exception cref="FitException">There are too few rows, or rows of a class come late.</exception>
    public static (int[] Train, int[] Held)[] InTime(LoadedData data, int[] rows, int folds)
    {
        int part = rows.Length / (folds + 1);
        if (part == 0)
            throw new FitException($"`InTime = true`: {Text.Plural(folds, "fold")} need {folds + 1} parts of the rows, and there are "
                + $"{Text.Plural(rows.Length, "row")} to cut.");
        (int[] Train, int[] Held)[] cut = [.. Enumerable.Range(0, folds).Select(f => rows.Length - ((folds - f) * part))
            .Select(from => (rows[..from], rows[from..(from + part)]))];
        if (data.Classes is not null && cut[0].Train.Select(i => data.Labels[i]).Distinct().Count()
            < rows.Select(i => data.Labels[i]).Distinct().Count())
            throw new FitException("`InTime = true`: the first part of the rows lacks a class, which later ones hold. Use fewer folds.");
        return cut;
    }

    // Class after class is dealt out, going on where the one before has ended: no fold has two rows more of a class, or in all, than
    // another.
    static Dictionary<int, int> ByClass(LoadedData data, int[] shuffled, int folds)
    {
        IEnumerable<int> dealt = data.Classes is null ? shuffled : shuffled.OrderBy(i => data.Labels[i]);
        return dealt.Select((row, place) => (row, place)).ToDictionary(r => r.row, r => r.place % folds);
    }

    // The largest group first, each into the fold with the fewest rows so far.
    static Dictionary<int, int> ByGroup(int[] groups, int[] shuffled, int folds)
    {
        int[][] members = [.. shuffled.GroupBy(i => groups[i]).Select(g => g.ToArray()).OrderByDescending(g => g.Length)];
        if (members.Length < folds)
            throw new FitException($"`CrossValidate` is {folds}, and `Groups` has {Text.Plural(members.Length, "group")}, none of "
                + $"which is cut.");
        int[] sizes = new int[folds];
        Dictionary<int, int> foldOf = [];
        foreach (int[] group in members)
        {
            int least = Array.IndexOf(sizes, sizes.Min());
            sizes[least] += group.Length;
            foreach (int row in group) foldOf[row] = least;
        }
        return foldOf;
    }

    static void RequireClasses(LoadedData data, int[] rows, int[] train)
    {
        HashSet<double> there = [.. train.Select(i => data.Labels[i])];
        foreach (double label in rows.Select(i => data.Labels[i]))
            if (!there.Contains(label))
                throw new FitException($"`CrossValidate`: all rows of class {data.Classes![(int)label]} lie in one fold, so that the "
                    + $"others cannot learn it. Leave the class out, or use other folds.");
    }
}
