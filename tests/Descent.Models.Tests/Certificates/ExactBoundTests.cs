using Descent.Models.Certificates;
using Descent.Models.Linear;

namespace Descent.Models.Tests.Certificates;

/// <summary>Bounds at points that need no moving: every parameter has a penalty, so that the dual value is a sum of known terms.</summary>
public class ExactBoundTests
{
    public static TheoryData<string, double, double> Ridged
    {
        get
        {
            TheoryData<string, double, double> data = [];
            foreach (string model in Problems.Models)
            {
                data.Add(model, 0.3, 0);
                data.Add(model, 0.02, 0.1);
            }
            return data;
        }
    }

    // −Σω φ*(u) − Σ max(0, |v| − λ₁)²/(2λ), by the risk's own conjugates.
    [Theory]
    [MemberData(nameof(Ridged))]
    public void With_a_ridge_the_bound_is_the_dual_value(string model, double l2, double l1)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var (risk, exact, point, w) = ExactPointTests.Make(model, l2, l1, false, seed);
            int n = risk.Count, k = risk.Outputs, d = risk.Dimension;
            double[] z = new double[n * k], u = new double[n * k], v = new double[d], losses = new double[n];
            risk.Margins(w, z);
            risk.LossesAt(z, u, losses);
            risk.Adjoint(u, v);
            double dual = -Enumerable.Range(0, n).Sum(i => risk.WeightOf(i) * risk.ConjugateAt(i, u.AsSpan(i * k, k)));
            for (int j = 0; j < d; j++)
                dual -= Math.Pow(Math.Max(0, Math.Abs(v[j]) - (risk.Lasso.IsEmpty ? 0 : risk.Lasso[j])), 2) / (2 * risk.Ridge[j]);
            if (exact.Shape == LossShape.Kinked) point.Take(point.U.ToArray());
            ExactBound bound = new ExactBound(exact, point, 1).Work();
            Assert.Equal(dual, bound.Lower, 1e-11 * (1 + Math.Abs(dual)));
            Assert.Empty(bound.Restricted);
            // The last place of the sum, twice; of a multinomial loss its logarithms; all else is in double-double.
            double place = 2.220446049250313e-16,
                least = (2 * place * Math.Abs(dual)) + (exact.Shape == LossShape.Multinomial ? 4 * place * point.LossSize : 0);
            Assert.InRange(bound.Allowance, least * 0.999, (least * 1.001) + (1e-24 * (1 + Math.Abs(dual) + point.Size)));
        }
    }

    // λ₁ alone: |v| beyond λ₁ is charged with the largest |w| that F allows, (F − Σ least)/λ₁.
    [Fact]
    public void With_a_lasso_alone_what_is_beyond_is_charged()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var (risk, exact, point, _) = ExactPointTests.Make("linear", 0, 0.2, false, seed);
            double reach = (double)point.Value, dual = (double)point.Losses;
            for (int j = 0; j < risk.Dimension; j++)
            {
                dual -= (double)(point.V[j] * point.W[j]);
                dual -= Math.Max(0, Math.Abs(point.V[j].Hi) - exact.Lasso[j]) * reach / exact.Lasso[j];
            }
            ExactBound bound = new ExactBound(exact, point, reach).Work();
            Assert.InRange((dual - bound.Lower) / Math.Abs(dual), 0, 3e-4);
            ExactBound twice = new ExactBound(exact, point, 2 * reach).Work();
            Assert.True(twice.Lower < bound.Lower);
        }
    }

    [Fact]
    public void How_far_dual_variables_may_move_is_what_the_loss_leaves()
    {
        var (_, huber, point, _) = ExactPointTests.Make("huber", 0, 0, true, 2);
        DoubleDouble[] room = ExactBound.Room(huber, point);
        for (int i = 0; i < huber.Count; i++) Assert.Equal(1 - (Math.Abs(point.U[i].Hi) / huber.Delta), room[i].Hi, 1e-14);
        var (_, quantile, kinked, _) = ExactPointTests.Make("quantile", 0, 0, true, 2);
        Draws draws = new(4);
        kinked.Take(
            [.. Enumerable.Range(0, quantile.Count)
                .Select(i => i == 3 ? quantile.High : quantile.Low + ((quantile.High - quantile.Low) * draws.NextDouble()))]);
        kinked.Masked[5] = true;
        room = ExactBound.Room(quantile, kinked);
        for (int i = 0; i < quantile.Count; i++)
        {
            double u = kinked.U[i].Hi, near = Math.Min(u - quantile.Low.Hi, quantile.High.Hi - u);
            Assert.Equal(i == 5 ? 0 : Math.Max(0, near), room[i].Hi, 1e-15);
        }
        var (_, _, counts, _) = ExactPointTests.Make("poisson", 0, 0, true, 2);
        var (_, poisson, _, _) = ExactPointTests.Make("poisson", 0, 0, true, 2);
        room = ExactBound.Room(poisson, counts);
        for (int i = 0; i < poisson.Count; i++) Assert.Equal(Math.Exp(counts.Z[i].Hi), room[i].Hi, 1e-12 * room[i].Hi);
    }

    // Away from the optimum the free parameters' v is not 0: the bound moves u in thought,
    // at a cost of at most ν² = vᵀ(Σωxxᵀ)⁻¹v on squares, and twice the true gap.
    [Fact]
    public void Free_parameters_are_removed_at_the_cost_of_their_norm()
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (risk, exact, point, w) = ExactPointTests.Make("linear", 0, 0, seed % 2 == 0, seed, 20);
            new ExactSolver(exact, point).Solve(100);
            double optimum = (double)point.Value;
            Draws draws = new(seed, 12);
            double[] moved = [.. point.W.Select(x => (double)x + (1e-3 * draws.NextNormal()))];
            for (int j = 0; j < moved.Length; j++) point.W[j] = moved[j];
            point.Evaluate();
            double gap = (double)(point.Value - optimum);
            ExactBound bound = new ExactBound(exact, point, 10).Work();
            // D(u) = F − (v·w free terms) and the proved smallest eigenvalue stands for the matrix:
            // a lower bound, and not by orders of magnitude.
            Assert.InRange(bound.Lower, optimum - (1e4 * gap), optimum);
            new ExactSolver(exact, point).Solve(100);
            bound = new ExactBound(exact, point, 10).Work();
            Assert.InRange((optimum - bound.Lower) / optimum, 0, 1e-15);
        }
    }
}
