using Descent.Latent;

namespace Descent;

public static partial class Catalogue
{
    // Annealing: M40, M41.
    static Procedure[] Annealing =>
    [
        new("simulated-annealing", "M40", "Simulated annealing", "accept x′ with probability min(1, e^(−J(f(x′) − f(x)))), J growing",
            ProcedureNeeds.Values, "1 value", "P, example 19.3; Kirkpatrick, Gelatt and Vecchi 1983; Hajek 1988")
        {
            Runs = typeof(SimulatedAnnealing), Command = "anneal",
        },
        new("parallel-tempering", "M40", "Parallel tempering",
            "chains at J₁ > … > J_K; neighbours change points with probability min(1, e^((J_a − J_b)(f_a − f_b)))",
            ProcedureNeeds.Values, "1 value a chain", "Swendsen and Wang 1986; Geyer 1991; Syed et al. 2022")
        {
            Runs = typeof(ParallelTempering), Command = "anneal",
        },
        new("latent-annealing", "M41", "Annealing with latent variables",
            "z_j ~ p(z | x, θ), j = 1 … J; θ ~ μ(θ) Π_j p(x, z_j | θ); J growing", ProcedureNeeds.LatentModel, "J draws of each row",
            "W 4; Doucet, Godsill and Robert 2002; Johansen, Doucet and Davy 2008") { Runs = typeof(LatentAnnealing) },
    ];
}
