using Descent.Expectations;
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
        new("stochastic-em", "M37", "Stochastic EM, parameters averaged",
            "draw z ~ p(z | x_B, θ); θ ← (1 − η_t)θ + η_t argmax log p(x_B, z | θ)", ProcedureNeeds.LatentModel,
                "B draws and a maximisation",
            "W 4; Celeux and Diebolt 1985") { Runs = typeof(StochasticEm) },
        new("online-em", "M37", "Online EM, statistics averaged", "s ← (1 − γ_t)s + γ_t E[s(x_B, z) | x_B, θ]; θ ← argmax(s)",
            ProcedureNeeds.LatentModel, "B rows and a maximisation",
            "W 4; Cappé and Moulines 2009; Delyon, Lavielle and Moulines 1999") { Runs = typeof(OnlineEm) },
        new("latent-sgd", "M39", "Stochastic gradients of a likelihood with latent variables",
            "w ← w + η_t ∇ log p(x_B, z | w), z ~ p(z | x_B, w)", ProcedureNeeds.LatentModel, "B scores",
            "W (15); Fisher's identity") { Runs = typeof(LatentObjective) },
        new("score-function", "M39", "Score-function and reparameterised gradients", "w ← w − η_t (f(z) − b) ∇ log p_w(z), z ~ p_w",
            ProcedureNeeds.Values, "B values; B slopes along the path",
            "W (15); Williams 1992; Greensmith, Bartlett and Baxter 2004") { Runs = typeof(ExpectationObjective) },
    ];
}
