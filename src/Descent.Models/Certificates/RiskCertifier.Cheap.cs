using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Certificates;

// What a point proves by itself, in double precision with a running bound of the rounding.
public sealed partial class RiskCertifier<T>
{
    // Bound on |fl(F) − F(w)|: the margins are off by γ Σ|xⱼwⱼ|, the losses by a few units in the last place.
    // Leaves the margins' errors in size.
    double ValueError(double value)
    {
        MarginSizes();
        double gamma = Rounding.Gamma(risk.LongestRow + (risk.Options.Offsets is null ? 4 : 5)), sum = 0, penalty = 0;
        for (int i = 0; i < n; i++)
        {
            double moved = 0, omega = risk.WeightOf(i);
            // A row that weighs nothing may have an infinite loss.
            if (omega == 0) continue;
            for (int a = 0; a < k; a++)
            {
                size[(i * k) + a] *= gamma;
                moved += MarginCharge(i, a, u[(i * k) + a]);
            }
            sum += omega * (moved + ((weightError + (4 * Unit)) * Magnitude(i)));
        }
        for (int j = 0; j < d; j++) penalty += (0.5 * risk.Ridge[j] * w[j] * w[j]) + (Lasso(j) * Math.Abs(w[j]));
        return ((sum + (4 * Unit * penalty)) * 1.001) + (Unit * Math.Abs(value)) + 1e-290;
    }

    // |φ| and what it is the difference of: Poisson's e^z and yz may cancel.
    double Magnitude(int i) => isLocal ? 4 * risk.RoundingSizes(i, z[i]).Value
        : Math.Abs(losses[i]) + (counts ? 2 * Math.Abs(y[i] * z[i]) : IsShare(i) ? Math.Abs(z[i]) : 0);

    // Of trials that end both ways; of one that is 0 or 1 more digits are known.
    bool IsShare(int i) => shares && y[i] is > 0 and < 1;

    // What an error of size[·] in one margin does to φ(z) − sz, s the slope given:
    // first order, and half the curvature; a kink may lie in between.
    double MarginCharge(int i, int a, double slope)
    {
        double error = size[(i * k) + a];
        if (double.IsFinite(smooth)) return (Math.Abs(slope) + (Math.Max(1, smooth) * k * error)) * error;
        double bound = risk.SlopeBound(i);
        // A kink that is farther away than the rounding of the margin changes nothing.
        if (double.IsFinite(bound)) return (Math.Abs(slope) + (FarFromKink(i, error) ? 0 : 2 * bound)) * error;
        double bend = Math.Abs(u[i]) + Math.Abs(y[i]);
        // A barrier bends more than its slope tells.
        if (isLocal) bend = Math.Max(bend, risk.CurvaturesNear(i, z[i], error).Most);
        return (Math.Abs(slope) + (2 * bend * error)) * error;
    }

    bool FarFromKink(int i, double error)
    {
        if (!kinks) return false;
        double away = hinges ? (((2 * y[i]) - 1) * z[i]) - 1 : z[i] - y[i];
        return Math.Abs(away) > 2 * (error + (Unit * Math.Abs(y[i])));
    }

    int CountFree()
    {
        int free = 0;
        for (int j = 0; j < d; j++)
            if (IsFree(j)) free++;
        return free;
    }

    Offer AtPoint(double value)
    {
        int free = CountFree();
        u.AsSpan().CopyTo(candidate);
        OwnFromOthers();
        if (free == 0)
        {
            // With one output the candidate is u as it was, whose v is known.
            Offer found = Dual(value, 0, 0, "Fenchel dual at the derivatives of the losses", k == 1 ? v : null);
            if (!risk.Lasso.IsEmpty || !double.IsFinite(risk.LossSmoothness) || found.Kind == CertificateKind.None) return found;
            return found with
            {
                Kind = CertificateKind.StrongConvexity,
                Sentence = "G17 with every parameter's own penalty, Σ gⱼ²/(2λⱼ): the Fenchel dual at the derivatives of the losses",
            };
        }
        if (!risk.HasIntercept || free != k || !IsFree(d - 1)) return Offer.Nothing;
        double moved = CorrectIntercepts(out double relative);
        return double.IsFinite(moved)
            ? Dual(value, relative, moved, "Fenchel dual at the derivatives of the losses, balanced for the free intercept")
            : Offer.Nothing;
    }

    // The method's own dual variables: for losses with kinks they know what the derivatives at w do not.
    // They are slopes of the losses, or of the pieces that an interior-point method sees, which are those of −z or, for the hinge, of −sz.
    void AtDual(ReadOnlySpan<double> dual, double value)
    {
        for (int j = 0; j < d; j++)
            if (IsFree(j) && !(risk.HasIntercept && j == d - 1)) return;
        for (int i = 0; i < n; i++)
            if (!double.IsFinite(dual[i])) return;
        dual[..n].CopyTo(candidate);
        ConsiderDual(value);
        if (!kinks) return;
        for (int i = 0; i < n; i++) candidate[i] = dual[i] * (hinges ? 1 - (2 * y[i]) : -1);
        ConsiderDual(value);
    }

    void ConsiderDual(double value)
    {
        double relative = IsFree(d - 1) ? Balance() : 0;
        Consider(Dual(value, relative, 0,
            "Fenchel dual at the method's dual variables" + (relative > 0 ? ", balanced for the free intercept" : "")));
    }

    // F(w) less the Fenchel–Young terms of the candidate at w. The point that is feasible is (1 − 2ε)(1 + θ)·candidate with |θ| ≤ ε, a
    // shrunken candidate: by convexity along that ray its conjugate is at most ε(|φ*| + |φ*(0)|) above the candidate's. moved:
    // how far, at most, c of a last correction −D c of the intercepts is from 0.
    Offer Dual(double value, double relative, double moved, string sentence, double[]? known = null)
    {
        double shrink = relative + weightError + (4 * Unit), scale = 1;
        for (int i = 0; i < n; i++) scale = Math.Min(scale, risk.FeasibleScale(i, candidate.AsSpan(i * k, k)));
        if (!(scale > 0)) return Offer.Nothing;
        double[] adjoint = work;
        if (known is null) risk.Adjoint(candidate, adjoint);
        else known.CopyTo(adjoint, 0);
        double[] error = AdjointError(shrink, moved, scale);
        for (int j = 0; j < d; j++)
        {
            double l = Lasso(j), top = Math.Abs(adjoint[j]) + error[j];
            if (risk.Ridge[j] == 0 && l > 0 && top * scale > l) scale = l / top * (1 - (2 * Unit));
        }
        if (scale < 1)
        {
            // A product rounded up would be outside, where the conjugate is infinite.
            scale *= 1 - (2 * Unit);
            Vectors.Scale(scale, candidate.AsSpan());
            Vectors.Scale(scale, adjoint.AsSpan());
            Vectors.Scale(scale * (1 + (4 * Unit)), error.AsSpan());
        }
        double gap = 0, rounding = 0;
        for (int i = 0; i < n; i++) Term(i, shrink, moved, ref gap, ref rounding);
        for (int j = 0; j < d; j++) gap += PenaltyTerm(j, adjoint[j], error[j], ref rounding);
        rounding = ((rounding + (Rounding.Gamma(8) * Math.Abs(value)) + (Rounding.Gamma(n + d) * gap)) * 1.001) + valueError;
        if (!double.IsFinite(gap + rounding)) return Offer.Nothing;
        return new Offer(value - gap - rounding, rounding, CertificateKind.Duality, sentence);
    }

    // Bounds on the error of every entry of v: the sum's rounding, with that of the own class's u; the shrinking; and the correction, for
    // |D c| ≤ 2|c|·|u| in every entry, since p(1 − p) ≤ |u| for the own class (u = p − 1) as for the others (u = p).
    double[] AdjointError(double shrink, double moved, double scale)
    {
        double[] error = SlopeSizes(scale);
        double part = Rounding.Gamma(n + k + 8) + (3 * shrink) + (2 * moved);
        for (int j = 0; j < d; j++) error[j] = (error[j] * part) + 1e-300;
        return error;
    }

    void Term(int i, double shrink, double moved, ref double gap, ref double rounding)
    {
        if (risk.WeightOf(i) == 0) return;
        ReadOnlySpan<double> zi = z.AsSpan(i * k, k), ui = candidate.AsSpan(i * k, k);
        double product = 0, charge = 0, absolute = 0;
        for (int a = 0; a < k; a++)
        {
            product += zi[a] * ui[a];
            absolute += Math.Abs(zi[a] * ui[a]);
            charge += MarginCharge(i, a, Math.Abs(u[(i * k) + a] - ui[a]) + (4 * Unit * Math.Abs(ui[a])));
        }
        double omega = risk.WeightOf(i), conjugate = risk.ConjugateAt(i, ui), term = Math.Max(0, losses[i] + conjugate - product);
        double magnitude = Magnitude(i) + ConjugateSize(i, ui, conjugate) + absolute;
        charge += ((4 * k * Unit) + (3 * shrink)) * (magnitude + (counts ? Math.Abs(risk.LeastLoss(i)) : 0));
        if (moved > 0) charge += MovedCharge(i, moved, term);
        gap += omega * term;
        rounding += omega * charge;
    }

    // What u − D c costs the Fenchel–Young term Σ p log(p/q): with δ = c − p·c, at most Σ p|δ||log(p/q)| + Σ pδ². |pδ| ≤ 2|c|·|u|; and
    // p|log(p/q)| ≤ term + max(p, q), because every p log(p/q) − p + q ≥ 0 and they add up to the term; 1 − q of the own class is at most
    // its loss.
    double MovedCharge(int i, double moved, double term)
    {
        double wrong = 0;
        for (int a = 0; a < k; a++) wrong = Math.Max(wrong, Math.Abs(candidate[(i * k) + a]));
        if (HasReference && OwnOf(i) < 0) wrong = Math.Min(1, k * wrong);
        return (2 * moved * ((2 * term) + (2 * wrong) + losses[i])) + (4 * moved * moved);
    }

    int OwnOf(int i) => (int)y[i] - (HasReference ? 1 : 0);

    // The dual point that is proved feasible has u_own = −Σ u_others without rounding: so the stored one is right to a few units in
    // its own
    // last place, however small it is.
    void OwnFromOthers()
    {
        // A reference class takes what the others leave, so that there every entry counts as it is.
        for (int i = 0; k > 1 && !HasReference && i < n; i++)
        {
            int own = OwnOf(i);
            Span<double> ui = candidate.AsSpan(i * k, k);
            double others = 0;
            for (int a = 0; a < k; a++)
                if (a != own) others += ui[a];
            ui[own] = -others;
        }
    }

    // What the rounding of φ* is in proportion to.
    double ConjugateSize(int i, ReadOnlySpan<double> ui, double conjugate)
    {
        if (k > 1) return 1 + Math.Abs(conjugate);
        if (isLocal) return 4 * risk.ConjugateSizeAt(i, ui[0]);
        if (squares) return (0.5 * ui[0] * ui[0]) + Math.Abs(ui[0] * y[i]);
        if (IsShare(i))
        {
            double p = Math.Clamp(ui[0] + y[i], 1e-300, 1);
            return Math.Abs(conjugate) + Math.Abs(Math.Log(p)) + Math.Abs(Math.Log(Math.Max(1 - p, 1e-300)));
        }
        if (!counts) return Math.Abs(conjugate);
        double mean = ui[0] + y[i], log = Math.Abs(Math.Log(Math.Max(mean, 1e-300)));
        return (mean * (2 + log)) + (Math.Abs(y[i]) * (1 + log));
    }

    // h(w) + h*(−v) + vw for one parameter, at the worst v within its error; a free one is 0, for its v vanishes exactly.
    double PenaltyTerm(int j, double vj, double error, ref double rounding)
    {
        double lambda = risk.Ridge[j], l = Lasso(j), wj = w[j];
        if (lambda == 0 && l == 0) return 0;
        rounding += error * Math.Abs(wj);
        if (lambda == 0)
        {
            rounding += 4 * Unit * l * Math.Abs(wj);
            return Math.Max(0, (l * Math.Abs(wj)) + (vj * wj));
        }
        if (l == 0)
        {
            double r = Math.Abs(wj + (vj / lambda)), off = (error / lambda) + (2 * Unit * (Math.Abs(wj) + Math.Abs(vj / lambda)));
            rounding += (lambda * off * (r + off)) - (error * Math.Abs(wj));
            return 0.5 * lambda * r * r;
        }
        double beyond = Math.Max(0, Math.Abs(vj) - l), own = (0.5 * lambda * wj * wj) + (l * Math.Abs(wj)),
            conjugate = beyond * beyond / (2 * lambda);
        rounding += ((beyond + error) * (error + (Unit * (Math.Abs(vj) + l))) / lambda)
            + (8 * Unit * (own + conjugate + Math.Abs(vj * wj)));
        return Math.Max(0, own + conjugate + (vj * wj));
    }
}
