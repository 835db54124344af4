using Descent.Latent;

namespace Descent;

public static partial class Catalogue
{
    // Latent variables: M36–M39.
    static Procedure[] Latent =>
    [
        new("em", "M36", "EM", "θ ← argmax_θ′ E[log p(x, z | θ′) | x, θ]", ProcedureNeeds.LatentModel, "1 pass over the rows",
            "P 19.7; Dempster, Laird and Rubin 1977") { Runs = typeof(EmMap) },
        new("ecm", "M38", "ECM and ECME", "one E-step, then a maximisation a block: of Q, or of the likelihood itself",
            ProcedureNeeds.LatentModel, "1 pass over the rows, and the steps",
            "P 19.7; Meng and Rubin 1993; Liu and Rubin 1994") { Runs = typeof(Ecm) },
    ];
}
