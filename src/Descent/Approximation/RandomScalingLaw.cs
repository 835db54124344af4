namespace Descent.Approximation;

/// <summary>
/// The law of <c>|t| = |W(1)|/√A</c>, <c>A = ∫(bridge)²</c>: W(1) and the bridge are independent, <c>E e^{−λA} = √(x/sinh x)</c> with
/// x = √(2λ), so <c>P(|t| > c) = P(Z² − c²A > 0)</c> follows from the characteristic function of Z² − c²A (Gil-Pelaez 1951).
/// </summary>
static class RandomScalingLaw
{
    const int Points = 4_000;

    public static double Tail(double c)
    {
        if (c <= 0) return 1;
        // ½ + (1/π)∫ Im φ(u)/u du with u = v²; the integrand falls like e^{−cv/2}·v⁻¹·v^½/v.
        double end = 80 / c, h = end / Points, total = 0;
        for (int i = 0; i < Points; i++)
        {
            double v = (i + 0.5) * h;
            total += 2 * Characteristic(v * v, c).Imaginary / v;
        }
        return 0.5 + (total * h / Math.PI);
    }

    static Complex Characteristic(double u, double c)
    {
        Complex normal = 1 / Complex.Sqrt(new Complex(1, -2 * u));
        // √(x/sinh x) written with e^{−x}, so that the square roots stay on their principal branches.
        Complex x = c * Math.Sqrt(u) * new Complex(1, 1);
        Complex bridge = Complex.Sqrt(2 * x) * Complex.Exp(-x / 2) / Complex.Sqrt(1 - Complex.Exp(-2 * x));
        return normal * bridge;
    }
}
