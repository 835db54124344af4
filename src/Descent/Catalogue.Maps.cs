using Descent.Maps;

namespace Descent;

public static partial class Catalogue
{
    // Fixed points: M33 and what accelerates it.
    static Procedure[] Maps =>
    [
        new("fixed-point", "M33", "Fixed-point iteration, relaxed", "x ← (1 − η)x + ηG(x)", ProcedureNeeds.Map, "1 application",
            "W (12); Krasnoselskii 1955; Mann 1953")
        {
            Runs = typeof(FixedPointIteration),
        },
        new("halpern", "beyond", "Halpern's iteration", "x ← x₀/(t+2) + (1 − 1/(t+2))G(x)", ProcedureNeeds.Map, "1 application",
            "Halpern 1967; Lieder 2021") { Runs = typeof(Halpern) },
        new("anderson", "beyond", "Anderson acceleration", "x ← x + f − (ΔX + ΔF)γ, f = G(x) − x, ΔFγ ≈ f", ProcedureNeeds.Map,
            "1 application; 2 where a step is taken back", "Anderson 1965; Walker and Ni 2011")
        {
            Runs = typeof(Anderson),
        },
        new("squarem", "beyond", "SQUAREM", "x′ = x − 2αr + α²v;  x ← G(x′)", ProcedureNeeds.Map,
            "3 applications; 4 where a step is taken back", "Varadhan and Roland 2008") { Runs = typeof(Squarem) },
    ];
}
