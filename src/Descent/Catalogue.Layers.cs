using Descent.Rules;

namespace Descent;

// Methods that see the blocks and matrices of the parameters: M25, M26 and beyond.
public static partial class Catalogue
{
    static CatalogueEntry[] Layers =>
    [
        new("lars", "M25", "LARS", "W ← W − η‖W‖ M/‖M‖, block by block", Needs.SamplesOrGradient, "B gradients",
            "C 24.2; You et al. 2017", [])
        {
            Step = DefaultStep.Published(1e-2, "length of a block's step relative to the block"), Parameters = [Momentum()],
            Make = s => s.Drive(new Lars(s["momentum"])),
        },
        new("lars-published", "M25", "LARS as published", "V ← βV + η‖W‖/(‖g‖+λ‖W‖)(g+λW);  W ← W − V", Needs.SamplesOrGradient,
            "B gradients", "You et al. 2017", [])
        {
            Step = DefaultStep.Published(1e-3, "trust coefficient, published default"), Parameters = [Momentum(), Decay(0)],
            Make = s => s.Drive(new Lars(s["momentum"], true, s["weight-decay"])),
        },
        new("lamb", "M26", "LAMB", "W ← W − η‖W‖ D/‖D‖, D = m̂/(√v̂+ε) + λW", Needs.SamplesOrGradient, "B gradients",
            "C 24.2; You et al. 2020", [])
        {
            Step = DefaultStep.Published(1e-2, "length of a block's step relative to the block"),
            Parameters = [Beta1(), Beta2(), Epsilon(1e-6), Decay(0)],
            Make = s => s.Drive(new Lamb(s["beta1"], s["beta2"], s["eps"], s["weight-decay"])),
        },
        new("adafactor", "§ 8", "Adafactor", "V̂ = rcᵀ/mean(r);  U = g/√V̂, clipped;  W ← W − min(η, 1/√t) max(ε₂, rms W) U",
            Needs.SamplesOrGradient, "B gradients", "Shazeer and Stern 2018", [])
        {
            Step = DefaultStep.Published(1e-2, "relative step, published default"),
            Parameters = [new("clip", "d", 1, 1e-300, double.PositiveInfinity, "largest root mean square of an update")],
            Make = s => s.Drive(new Adafactor(s["clip"])),
        },
        new("muon", "§ 8", "Muon", "W ← W − η NewtonSchulz(G + βM)", Needs.SamplesOrGradient, "B gradients", "Jordan et al. 2024", [])
        {
            Step = DefaultStep.Published(0.02),
            Parameters = [Momentum(0.95),
                new("ratio", "r", 0.015, 0, double.PositiveInfinity, "step size of blocks that are no matrices, relative to η")],
            Make = s => s.Drive(new Muon(s["momentum"], s["ratio"])),
        },
        new("shampoo", "§ 8", "Shampoo", "W ← W − η L^(−1/4) G R^(−1/4)", Needs.SamplesOrGradient, "B gradients, roots of m×m and n×n",
            "Gupta et al. 2018", [])
        {
            Step = DefaultStep.Published(0.1, "usual default; its scale is that of the parameters, not of the smoothness"),
            Parameters = [new("eps", "ε", 1e-4, 1e-300, double.PositiveInfinity, "added to the moments"), Every(1)],
            Make = s => s.Drive(new Shampoo(s["eps"], (int)s["every"])),
        },
        new("soap", "§ 8", "SOAP", "Adam in the eigenbasis of Shampoo", Needs.SamplesOrGradient, "B gradients, eigenvectors now and then",
            "Vyas et al. 2024", [])
        {
            Step = DefaultStep.Published(3e-3),
            Parameters = [Beta1(0.95), Beta2(0.95), new("beta3", "β₃", 0.95, 0, 1, "decay of the Kronecker factors"), Epsilon(),
                Decay(0), Every()],
            Make = s => s.Drive(new Soap(s["beta1"], s["beta2"], s["beta3"], s["eps"], s["weight-decay"], (int)s["every"])),
        },
    ];
}
