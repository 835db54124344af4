using Descent.Latent;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

/// <summary>
/// The observed information by supplemented EM, <c>I_obs = I_com(I − DM)</c>: I_com is the information of the complete data, minus the
/// second derivative of Q(· | θ) at θ, and DM the Jacobian of the EM map there, both by central differences. Nothing is asked of the
/// observed likelihood: it is a second way to the Hessian.
/// </summary>
/// <remarks>
/// Holds where the M-step maximises Q over all parameters. Meng and Rubin take rows of DM from the path of EM; at the point itself
/// differences are the same limit (Jamshidian and Jennrich 2000). Source: Meng and Rubin (1991).
/// </remarks>
static class SupplementedInformation
{
    const double Step = 1e-5;

    /// <summary>−I_obs in the coordinates of the score: four passes a coordinate; null where a neighbour is outside the parameter
    /// space.</summary>
    public static Matrix<double>? Hessian(ILatentModel model, ILocalScore score)
    {
        if (Complete(score) is not { } complete || Jacobian(model, score) is not { } rate) return null;
        return -(complete * (Matrix<double>.Build.DenseIdentity(score.Length) - rate));
    }

    // −∂²Q/∂w∂wᵀ, the expectation held at the point.
    static Matrix<double>? Complete(ILocalScore score)
    {
        int p = score.Length;
        double[] here = new double[p], at = new double[p], up = new double[p], down = new double[p];
        Matrix<double> information = Matrix<double>.Build.Dense(p, p);
        for (int i = 0; i < p; i++)
        {
            at[i] = Step;
            bool inside = score.Surrogate(here, at, up);
            at[i] = -Step;
            inside &= score.Surrogate(here, at, down);
            at[i] = 0;
            if (!inside) return null;
            for (int j = 0; j < p; j++) information[j, i] = (down[j] - up[j]) / (2 * Step);
        }
        return (information + information.Transpose()) / 2;
    }

    // Column i: how the image moves as coordinate i does. θ has more numbers than coordinates (shares sum to 1, matrices are symmetric), so
    // movements of θ are brought back to coordinates by least squares, which loses nothing: they lie along the parameter space.
    static Matrix<double>? Jacobian(ILatentModel model, ILocalScore score)
    {
        int p = score.Length;
        EmMap map = new(model);
        double[] image = new double[model.Parameters];
        List<Vector<double>> points = [], images = [];
        for (int i = 0; i < p; i++)
        {
            if (Moved(i, Step) is not { } up || Moved(i, -Step) is not { } down) return null;
            points.Add((up.Point - down.Point) / (2 * Step));
            images.Add((up.Image - down.Image) / (2 * Step));
        }
        Matrix<double> along = Matrix<double>.Build.DenseOfColumnVectors(points), moved = Matrix<double>.Build.DenseOfColumnVectors(images);
        // Numbers of θ have units, coordinates have none.
        Vector<double> units = Vector<double>.Build.Dense(model.Parameters, r => Unit(along.Row(r).AbsoluteMaximum()));
        Matrix<double> scale = Matrix<double>.Build.DenseOfDiagonalVector(units);
        return (scale * along).QR().Solve(scale * moved);

        (Vector<double> Point, Vector<double> Image)? Moved(int coordinate, double by)
        {
            double[] at = new double[p];
            at[coordinate] = by;
            double[] theta = [.. score.At(at)];
            map.Map(theta, image);
            return image.All(double.IsFinite)
                ? (Vector<double>.Build.DenseOfArray(theta), Vector<double>.Build.DenseOfArray([.. image])) : null;
        }
    }

    // What no coordinate moves, as a probability held at its edge, has no say.
    static double Unit(double most) => most > 0 ? 1 / most : 0;
}
