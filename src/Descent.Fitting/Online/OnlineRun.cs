using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Fitting.Design;
using Descent.Fitting.Families;
using Descent.Fitting.ModelFiles;

namespace Descent.Fitting.Online;

/// <summary>A model that learns from rows as they come: a learner, what its columns are, and the model that it is at any moment.</summary>
sealed class OnlineRun : IDisposable
{
    readonly FitSpec spec;
    readonly OnlineLearner learner;
    readonly OnlineMethod method;
    readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly double[] numbers = new double[3];

    public OnlineRun(FitSpec spec, OnlineColumns columns, OnlineLabels labels, string source)
    {
        OnlineChecks.Require(spec);
        (this.spec, Columns, Labels, Source) = (spec, columns, labels, source);
        Family = spec.Model.Family!;
        method = new OnlineMethod(spec);
        learner = new OnlineLearner(spec, Family, method, columns.Count);
    }

    public ModelFamily Family { get; }

    public OnlineColumns Columns { get; }

    public OnlineLabels Labels { get; }

    public string Source { get; }

    /// <summary>The method in a line.</summary>
    public string MethodText => $"{method.Entry.Name}: {method.Recursion}";

    public ProgressiveLoss Loss => learner.Loss;

    public bool HasDiverged => learner.HasDiverged;

    /// <summary>What a row costs where that is more than its entries; null where it is not.</summary>
    public string? CostNote => Columns.Count > 1 << 16 && (method.Entry.Lazy is null || spec.Model.L1 > 0 || spec.Model.L2.Value > 0)
        ? $"a step of {method.Entry.Name} {(method.Entry.Lazy is null ? "" : "under a penalty ")}looks at all {Text.Count(Columns.Count)} "
            + "columns; fewer `HashBits` make it quicker" + (method.Entry.Lazy is null ? ", and so do adagrad, ftrl and sgd"
            : ", and the λ₁ and λ₂ of ftrl cost nothing") : null;

    /// <summary>Name of the method and its recursion.</summary>
    public (string Name, string Recursion) Method => (method.Entry.Name, method.Recursion);

    public (int[] Indices, double[] Values) Room => learner.Room;

    /// <summary>Predicts the row in the room, then learns from it; the loss before.</summary>
    public OnlineRow Learn(int entries, double label, double weight, double offset)
    {
        (numbers[0], numbers[1], numbers[2]) = (label, weight, offset);
        digest.AppendData(MemoryMarshal.AsBytes<double>(numbers));
        digest.AppendData(MemoryMarshal.AsBytes<int>(Room.Indices.AsSpan(0, entries)));
        digest.AppendData(MemoryMarshal.AsBytes<double>(Room.Values.AsSpan(0, entries)));
        double loss = learner.Learn(entries, label, weight, offset);
        return new OnlineRow(label, Family.Response(learner.Margin), entries, loss);
    }

    /// <summary>The prediction for the row in the room.</summary>
    public double Predict(int entries, double offset) => Family.Response(learner.Predict(entries, offset));

    /// <summary>The model as it is now.</summary>
    public ModelFile Model()
    {
        ReadOnlySpan<double> w = learner.Point;
        List<int> kept = Columns.Kept(w);
        List<double> parameters = new(kept.Count + 1);
        foreach (int j in kept) parameters.Add(w[j]);
        if (spec.Model.Intercept) parameters.Add(w[^1]);
        LoadedData data = new()
        {
            Source = Source,
            Format = "stream",
            Features = [.. kept.Select(Columns.Of)],
            Count = (int)Math.Min(int.MaxValue, Loss.Rows),
            Labels = [],
            Family = Family,
            Classes = Labels.Classes,
            Target = Labels.Target,
            Text = Columns.Text,
            Offset = OffsetSource.Of(spec.Data),
            Reading = Columns.Reading,
            Lines = [],
        };
        LinearOrigin origin = new(spec, data, method.Entry.Name, method.Recursion, 1, false, spec.Model.L2.Value, null,
            "columns as they are", ModelCovariance.Without("it was learnt row by row, and what one pass leaves is no optimum."));
        ModelFile model = ModelWriter.Of(origin, [.. parameters], null, $"learnt online from {Text.Plural(Loss.Rows, "row")}; "
            + $"progressive loss {Text.Number(Loss.Mean)}");
        return model with { Data = model.Data with { Fingerprint = Convert.ToHexStringLower(digest.GetCurrentHash()) } };
    }

    /// <summary>Shows the state of the method to a visitor.</summary>
    public void Visit(IStateVisitor visitor) => learner.Visit(visitor);

    public void Dispose() => digest.Dispose();
}
