namespace Descent;

/// <summary>The catalogue as data: what <c>descent methods</c> prints and what documentation is checked against.</summary>
public static class Catalogue
{
    /// <summary>Every method that <c>fit --method</c> knows.</summary>
    public static IReadOnlyList<CatalogueEntry> All { get; } =
    [
        new("gd", "M1", "Gradient descent", "w ← w − η ∇F(w)", "gradient", "n gradients", "all notes", []),
        new("line-search", "M2", "Gradient descent, Armijo backtracking", "largest η with F(w − ηg) ≤ F(w) − cη‖g‖²", "gradient", "n gradients, a few values", "R; Armijo 1966", ["armijo"]),
        new("exact-line-search", "M2", "Gradient descent, exact step of a quadratic", "η = ‖g‖²/(gᵀ∇²F g)", "Hessian product", "n gradients, n products", "R; Cauchy 1847", []),
        new("sgd", "M3", "Stochastic gradient descent", "w ← w − η_t ∇f(w; ξ_t)", "samples", "B gradients", "all notes", []),
        new("averaged-sgd", "M4", "SGD, average of the iterates reported", "w̄ = mean of w₁ … w_T", "samples", "B gradients", "W 2.5; C 2.4", ["asgd"]),
        new("heavy-ball", "M5", "Heavy-ball momentum", "v ← βv − ηg;  w ← w + v", "samples or gradient", "B gradients", "R; P; Polyak 1964", ["momentum"]),
        new("ema-momentum", "M6", "Momentum as an exponential average", "m ← (1−α)m + αg;  w ← w − ηm", "samples or gradient", "B gradients", "C alg. 16", []),
        new("nesterov", "M7", "Nesterov momentum", "y = w + β(w − w₋);  w ← y − ηg(y)", "samples or gradient", "B gradients", "C 14.1; Nesterov 1983", []),
        new("fista", "M7", "Accelerated (proximal) gradient, restarted", "y = w + ((a₋−1)/a)(w − w₋);  w ← prox(y − ηg(y))", "gradient", "n gradients", "C 15; Beck and Teboulle 2009", ["agd"]),
        new("adagrad-norm", "M11", "AdaGrad-norm", "η_t = c/√(ε² + Σ‖g‖²)", "samples or gradient", "B gradients", "C alg. 7", []),
        new("adagrad-norm-delayed", "M12", "AdaGrad-norm, delayed", "the sum stops at t − 1", "samples or gradient", "B gradients", "C 9.1", []),
        new("ema-norm", "M13", "EMA-norm (need not converge)", "A ← βA + ‖g‖²;  η_t = c/√(ε² + A)", "samples or gradient", "B gradients", "C alg. 8", []),
        new("ema-norm-corrected", "M14", "Corrected EMA-norm", "B ← max(B, tA);  η_t = c/√B", "samples or gradient", "B gradients", "C alg. 9", []),
        new("adagrad", "M16", "AdaGrad, diagonal", "s ← s + g²;  w ← w − c g/(√s + ε)", "samples or gradient", "B gradients", "C thm 16.3; P; Duchi et al. 2011", []),
        new("rmsprop", "M17", "RMSprop", "s ← ρs + (1−ρ)g²;  w ← w − ηg/(√s + ε)", "samples or gradient", "B gradients", "P; Tieleman and Hinton 2012", []),
        new("adam", "M18", "Adam", "w ← w − η m̂/(√v̂ + ε)", "samples or gradient", "B gradients", "P; C alg. 12; Kingma and Ba 2015", []),
        new("amsgrad", "M19", "AMSGrad", "v̂ ← max(v̂, v);  w ← w − η m/(√v̂ + ε)", "samples or gradient", "B gradients", "Reddi et al. 2018; C 17.2", []),
        new("sign", "M20", "Sign descent", "w ← w − η sign(g)", "samples or gradient", "B gradients", "C 17.2", ["sign-descent"]),
        new("svrg", "M22", "SVRG", "g = ∇f(w;ξ) − ∇f(v;ξ) + ∇F(v)", "finite sum", "2B gradients, n a period", "C alg. 17; Johnson and Zhang 2013", []),
        new("normalised", "M23", "Normalised SGD with momentum", "w ← w − η m/‖m‖", "samples or gradient", "B gradients", "C 24", ["normalized"]),
        new("storm", "M24", "Normalised SGD, variance-reduced momentum (STORM)", "m ← (1−α)(m + ∇f(w;ξ) − ∇f(w₋;ξ)) + α∇f(w;ξ);  w ← w − η m/‖m‖", "samples", "2B gradients", "C 24.1; Cutkosky and Orabona 2019", []),
        new("newton", "M27, M28", "Newton; IRLS on generalised linear models", "w ← w − s(∇²F)⁻¹∇F", "Hessian matrix", "n gradients, one Hessian", "P 19.4, 19.5", ["irls"]),
        new("bfgs", "M29", "BFGS", "w ← w − sB∇F, B a full matrix", "gradient", "about n gradients", "P; Nocedal and Wright 2006", []),
        new("lbfgs", "M29", "L-BFGS, strong Wolfe", "w ← w − sB∇F, B from m pairs", "gradient", "about n gradients", "P; Liu and Nocedal 1989", ["l-bfgs"]),
        new("interior-point", "–", "Primal–dual interior point", "Newton on the perturbed optimality conditions", "piecewise linear loss", "one matrix, two solves", "Mehrotra 1992", ["ipm"]),
    ];

    /// <summary>The entry with this name or alias; null when there is none.</summary>
    public static CatalogueEntry? Find(string name)
    {
        foreach (CatalogueEntry e in All)
            if (e.Name == name || e.Aliases.Contains(name)) return e;
        return null;
    }
}
