using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>One entry of the catalogue with its numbers: the run of the library beside the recursion of the paper.</summary>
sealed record Case(string Name, int Variant)
{
    public const double H = 3, SampleH = 4, Mu = 0.2;
    const ulong Seed = 7;

    public CatalogueEntry Entry { get; } = Catalogue.Find(Name)!;

    /// <summary>0: defaults, constant steps, batch 3 with replacement. 1: every number away from its default, falling steps, shuffled
    /// batches of 4, 4 and 3. 2: as 1 with full gradients. 3, 4: a linear risk on sparse rows with batch 1 and on dense rows with batch
    /// 3.</summary>
    public static IEnumerable<int> Variants(CatalogueEntry e)
    {
        yield return 0;
        if (e.Parameters.Count > 0 || e.Step is not null) yield return 1;
        if (e.Needs == Needs.SamplesOrGradient) yield return 2;
        // The rows of a linear risk are one long block, whose first Kronecker factor has a null space of three dimensions:
        // any basis of it is as good as another.
        if (!e.CanSample || e.Name == "soap") yield break;
        yield return 3;
        yield return 4;
    }

    bool OffDefault => Variant != 0;

    bool Linear => Variant >= 3;

    /// <summary>A number that leaves others no meaning asks for something else than this process: it has tests of its own.</summary>
    public static bool Switches(CatalogueEntry entry, MethodParameter number) => entry.Parameters.Any(p => p.Unless == number.Name);

    Sampling? Samples => !Entry.CanSample || Variant == 2 ? null : Variant switch
    {
        0 => new Sampling(SampleOrder.Replacement, 3),
        3 => new Sampling(Entry.Order),
        4 => new Sampling(Entry.Order, 3),
        _ => new Sampling(SampleOrder.Shuffle, 4),
    };

    double Eta0 => CatalogueTable.Eta(Name);

    double Eta(int t) => OffDefault ? Eta0 / (1 + (0.1 * t)) : Eta0;

    public double this[string parameter] =>
        OffDefault ? CatalogueTable.Off[parameter] : Entry.Parameters.Single(p => p.Name == parameter).Default;

    public bool Has(string parameter) => Entry.Parameters.Any(p => p.Name == parameter);

    /// <summary>The weights that the method's own theory gives to w₁, w₂, …, where it does.</summary>
    public List<double> OwnWeights { get; } = [];

    /// <summary>The next iterate of both, again and again.</summary>
    public IEnumerable<(double[] Expected, double[] Found)> Run()
    {
        var linear = Plain.Linear(0.1);
        Plain plain = Linear ? linear.Plain : Plain.Blocks(CatalogueTable.Bend(Name));
        double[] start = CatalogueTable.StartsAtZero(Name)
            ? new double[plain.Dimension]
            : [.. Enumerable.Range(0, plain.Dimension).Select(j => !Linear && j >= 12 ? 0 : 0.7 * Math.Sin(2 * j) + 0.1)];
        MethodSettings settings = new(Entry)
        {
            StepSize = OffDefault ? new InverseTime(Eta0, 0.1) : new Constant(Eta0),
            Sampling = Samples,
            Smoothness = H,
            SampleSmoothness = SampleH,
            StrongConvexity = Mu,
            Count = plain.Count,
            Given = OffDefault ? Entry.Parameters.Where(p => !Switches(Entry, p)).ToDictionary(p => p.Name, p => this[p.Name]) : [],
        };
        IDescribed method = settings.Build();
        Iteration<double> run = (Linear, Variant) switch
        {
            (true, 3) => Begin(method, linear.Sparse, start),
            (true, _) => Begin(method, linear.Dense, start),
            _ => Begin(method, new PlainOracle(plain), start),
        };
        IEnumerable<double[]> recursion = CatalogueTable.Recursion(this,
            new Feed(plain, start, Eta, Samples, Seed, CatalogueTable.EstimatorOf(this)), () => run.LastStepSize);
        if (Entry.Average is { } average) recursion = Averages.Of(recursion, start, average, Eta, new Draws(Seed).Split(1), OwnWeights);
        using IEnumerator<double[]> own = recursion.GetEnumerator();
        while (true)
        {
            double[] before = run.Point.ToArray();
            run.Advance();
            // Where F resolves no further decrease there is nothing left to compare: searches decide by rounding there.
            if (Entry.Step is null && !Entry.CanSample && Norms.Square(plain.Gradient(before, plain.All)) < 1e-14) yield break;
            Assert.True(own.MoveNext());
            if (CatalogueTable.TakesGivenSteps(Entry)) Assert.Equal(Eta((int)run.Step - 1), run.LastStepSize);
            yield return (own.Current, run.Point.ToArray());
        }
    }

    Iteration<double> Begin<TOracle>(IDescribed method, TOracle oracle, double[] start)
        where TOracle : IFiniteSumOracle<double>
    {
        if (Entry.Average is { } average) method = new Averaged<double, TOracle>((IMethod<double, TOracle>)method, average);
        return ((IMethod<double, TOracle>)method).Start(oracle, start, new Draws(Seed));
    }
}
