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
    ];
}
