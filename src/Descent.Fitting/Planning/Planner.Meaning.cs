using Descent.Algorithms;

namespace Descent.Fitting.Planning;

// What an option means to a method and to a family.
static partial class Planner
{
    // An option that the method does not have is a misunderstanding, not something to pass over.
    static void RequireMeaning(FitSpec spec, CatalogueEntry entry, ModelFamily model)
    {
        void Only(bool given, string option, bool fits, string where)
        {
            if (given && !fits)
                throw new FitException($"{option} means nothing to {where}. Leave it out, or choose a method or model that has it.");
        }
        string m = $"`Method = {entry.Name}`";
        Only(spec.Method.StepSize is not null, "`StepSize`", entry.Step is not null, m);
        Only(spec.Method.Schedule is not null, "`Schedule`", entry.Step is not null
            || (spec.Method.Schedule is { IsTheory: true } && TheoryPick.About(entry.Name).Count > 0), m);
        Only(spec.Method.Batch is not (null or MethodSpec.Full), "`Batch`", entry.HasBatches(spec.Method.Batch ?? 1), m);
        Only(spec.Method.Order is not null, "`Order`", entry.CanSample && spec.Method.Batch != MethodSpec.Full, m);
        foreach (var (name, value) in spec.Method.Numbers)
        {
            MethodParameter? number = entry.Parameters.FirstOrDefault(p => p.Name == name);
            Only(true, Number(name), number is not null, m);
            if (!number!.Allows(value))
                throw new FitException(
                    FormattableString.Invariant($"{Number(name)} is {value}; expected {number.Symbol} of {entry.Name} in {number.Range}."));
        }
        Only(spec.Model.Quantile is not null, "`Quantile`", model.Own == FamilyNumber.Quantile, $"`Family = {model}`");
        Only(spec.Model.EstimatesDispersion, "`Dispersion = estimated`",
            model.MayEstimateDispersion, $"`Family = {model}`"
            + (model.EstimatesDispersion ? ", whose dispersion is always estimated" : ""));
        bool robust = spec.Model.Robust is not null;
        Only(robust || spec.Data.Cluster is not null, robust ? "`Robust`" : "`Cluster`", model.NoSandwich is null,
            $"`Family = {model}`, which {model.NoSandwich}");
        Only(spec.Model.Robust is RobustErrors.HC2 or RobustErrors.HC3, $"`Robust = {spec.Model.Robust.ToString()?.ToLowerInvariant()}`",
            model.NoLeverage is null, $"`Family = {model}`, {model.NoLeverage}");
        Only(spec.Model.Threshold is not null, "`Threshold`", model.Own == FamilyNumber.Threshold, $"`Family = {model}`");
        if (spec.Model.L1 > 0 && !entry.Proximal)
            throw new FitException($"`L1` makes the objective non-smooth, which {m} cannot handle. Methods that can: "
                + $"{string.Join(", ", Catalogue.All.Where(e => e.Proximal).Select(e => e.Name))}; or auto.");
        bool kinks = model.HasKinks;
        if (entry.Needs == Needs.PiecewiseLinear && !kinks)
            throw new FitException($"{m} solves absolute, quantile and hinge fits; for {model} use newton or lbfgs.");
        if (kinks && !entry.Subgradients)
            throw new FitException($"{m} needs a differentiable loss; {model} has kinks. Use interior-point, averaged-sgd or auto.");
    }
}
