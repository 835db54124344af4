using Descent.Fitting.Fits;
using Descent.Runs;

namespace Descent.Fitting.Tests.Paths;

/// <summary>Paths against those of glmnet and scikit-learn; glmnet.R, folds.R, families.R and sklearn.py made their numbers.</summary>
public class PathReferenceTests
{
    // Columns of glmnet.csv after the name: place, λ, objective at thresh 1e-14 or 1e-22, objective at its default, coefficients away from
    // zero.
    [Theory]
    [InlineData("breast_cancer")]
    [InlineData("diabetes")]
    public void No_objective_along_the_path_is_above_those_of_glmnet_and_scikit_learn(string data)
    {
        double[][] glmnet = PathData.Reference("glmnet.csv", data), other = PathData.Reference("sklearn.csv", data);
        PenaltyPath path = data == "diabetes"
            ? Fit.Path(ModelFamilies.Linear, PathData.Diabetes, "progression", penalties: new PathSpec { L1Ratio = 0.5 },
                options: PathData.Scaled)
            : PathData.Cancer(new PathSpec());
        Assert.Equal((100, 100, 100), (path.Points.Count, glmnet.Length, other.Length));
        for (int k = 0; k < 100; k++)
        {
            PathPoint p = path.Points[k];
            Certificate c = p.Certificate;
            Assert.Equal(glmnet[k][1], p.Lambda, 1e-12 * glmnet[k][1]);
            Assert.True(c.Value <= glmnet[k][2] + 1e-8
                && c.Value <= other[k][2] + 1e-8, $"λ number {k + 1}: {c.Value} against {glmnet[k][2]} and {other[k][2]}");
            // The bound is below everybody's objective, and near.
            Assert.True(c.Kind != CertificateKind.None
                && c.LowerBound <= Math.Min(glmnet[k][2], other[k][2]), $"λ number {k + 1}: bound {c.LowerBound}");
            Assert.InRange(c.RelativeGap, 0, 1e-9);
            Assert.Equal(glmnet[k][4], p.NonZeros);
        }
        Assert.Equal(0, path.Points[0].NonZeros);
        Assert.Equal(OutcomeKind.Converged, path.Outcome.Kind);
        // The fit of the chosen λ starts where the path has been, and has nothing left to do.
        Assert.InRange(path.Fit.Trace[^1].Step, 0, 1);
        // Nothing was held out, so the smallest λ it is, and the fit is the last point.
        Assert.Equal((99, null, null), (path.Chosen, path.Least, path.WithinOneStandardError));
        Assert.Equal(path.Points[99].Certificate.Value, path.Fit.Certificate.Value, 1e-12);
    }

    // Rows i ≡ k (mod 10) are fold k, here by groups that are not cut.
    [Fact]
    public void Cross_validated_losses_and_choices_are_those_of_glmnet()
    {
        (double[,] x, double[] y) = PathData.DiabetesArrays();
        double[][] glmnet = PathData.Reference("folds.csv");
        PathSpec spec = new() { Count = 60, Ratio = 1e-3, Folds = 10, Choose = PathChoice.OneStandardError };
        PenaltyPath path = Fit.Path(ModelFamilies.Linear, x, y, spec, PathData.Scaled,
            groups: [.. Enumerable.Range(0, y.Length).Select(i => i % 10)]);
        for (int k = 0; k < 60; k++)
        {
            Assert.Equal(glmnet[k][1], path.Points[k].Lambda, 1e-12 * glmnet[k][1]);
            Assert.Equal(glmnet[k][2], path.Points[k].FoldLoss!.Value, 1e-8 * glmnet[k][2]);
            Assert.Equal(glmnet[k][3], path.Points[k].FoldError!.Value, 1e-7 * glmnet[k][3]);
        }
        Assert.Equal(Array.FindIndex(glmnet, l => l[4] == 1), path.Least);
        Assert.Equal(Array.FindIndex(glmnet, l => l[4] == 2), path.WithinOneStandardError);
        Assert.Equal(path.WithinOneStandardError, path.Chosen);
        Assert.Equal(path.Points[path.Chosen].NonZeros, path.Fit.Coefficients.Skip(1).Count(c => c.Estimate != 0));
    }

    [Theory]
    [InlineData("poisson")]
    [InlineData("softmax")]
    public void Counts_and_classes_follow_glmnets_path(string family)
    {
        double[][] glmnet = PathData.Reference("families.csv", family);
        double[] y = family == "poisson" ? [.. Iris.Column(3).Select(w => Math.Round(10 * w))] : Iris.Class();
        PathSpec spec = new() { Count = 20, Ratio = 1e-3, L1Ratio = 0.7 };
        PenaltyPath path = Fit.Path(ModelFamilies.Of(family), Iris.Columns(0, 1, 2), y, spec, PathData.Scaled);
        for (int k = 0; k < 20; k++)
        {
            Assert.Equal(glmnet[k][1], path.Points[k].Lambda, 1e-9 * glmnet[k][1]);
            Assert.Equal(glmnet[k][2], path.Points[k].Certificate.Value, 1e-8);
            Assert.True(path.Points[k].Certificate.Value <= glmnet[k][2] + 1e-10);
        }
    }
}
