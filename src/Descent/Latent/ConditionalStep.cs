namespace Descent.Latent;

/// <summary>One conditional maximisation (CM-step) of a cycle.</summary>
/// <param name="Block">The parameters it moves, in words ("location and scatter").</param>
/// <param name="Objective">What it maximises over them.</param>
/// <param name="Maximise">The maximisation.</param>
public sealed record ConditionalStep(string Block, StepObjective Objective, ConditionalMaximiser Maximise);
