using Descent.Approximation;
using Descent.Diffusions;
using Descent.Estimating;

namespace Descent;

public static partial class Catalogue
{
    // Roots, optima without gradients, estimating equations, diffusions: M32, M34, M35.
    static Procedure[] Approximation =>
    [
        new("robbins-monro", "M32", "Robbins–Monro root search, averaged", "θ ← Π(θ − aₙ·sign·(yₙ − α)); answer: the average of the path",
            ProcedureNeeds.Observations, "1 observation",
            "P 19.6; Robbins and Monro 1951; Polyak and Juditsky 1992") { Runs = typeof(RobbinsMonroProcedure) },
        new("kiefer-wolfowitz", "M32", "Kiefer–Wolfowitz, and SPSA", "θ ← θ − aₙ·(differences of values at θ ± cₙ)/(2cₙ)",
            ProcedureNeeds.Values, "2d values; 2 with SPSA",
            "Kiefer and Wolfowitz 1952; Spall 1992") { Runs = typeof(KieferWolfowitz) },
        new("m-estimation", "M34", "Quantile of a stream by stochastic approximation",
            "θ ← θ + aₖ(τ − F̂_B(θ)); answer: the average of the path", ProcedureNeeds.EstimatingFunction, "1 comparison a number",
            "P (19.1); Polyak and Juditsky 1992; Lee, Liao, Seo and Shin 2022") { Runs = typeof(StreamingQuantile) },
        new("sgd-diffusion", "M35", "The diffusion limit of SGD", "dX = −∇F dt + √(ηΣ) dW, by Euler and Maruyama",
            ProcedureNeeds.NoisyGradients, "1 gradient",
            "W 3 (10); Li, Tai and E 2017") { Runs = typeof(EulerMaruyama) },
    ];
}
