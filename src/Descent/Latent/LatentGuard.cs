namespace Descent.Latent;

/// <summary>Checks that procedures on latent models share, with one wording.</summary>
static class LatentGuard
{
    public static void Start(ILatentModel model, ReadOnlySpan<double> start)
    {
        if (start.Length != model.Parameters)
            throw new ArgumentException($"The start needs {model.Parameters} numbers (θ in the model's layout); got {start.Length}.");
        if (!model.IsValid(start)) throw new ArgumentException("The start lies outside the parameter space of the model; give one inside.");
    }
}
