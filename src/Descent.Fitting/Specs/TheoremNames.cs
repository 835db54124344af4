using Descent.Guarantees;

namespace Descent.Fitting;

/// <summary>Guarantees by their names.</summary>
static class TheoremNames
{
    /// <summary>A theorem by its name; null when there is none.</summary>
    public static Guarantee? Find(string theorem) =>
        Theory.All.FirstOrDefault(g => string.Equals(g.Id, theorem, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is said of a name that no theorem has.</summary>
    public static string Unknown(string theorem) =>
        $"`Theorem` '{theorem}' is not known. Known: "
            + $"{string.Join(", ", Theory.All.Where(g => g.Method.Length > 0).Select(g => g.Id))}; 'docs/guarantees.md' says what each is.";
}
