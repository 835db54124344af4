namespace Descent.Autodiff;

/// <summary>When a loss is traced once and run as a plan over blocks of rows instead of being written anew at every step.</summary>
public enum Compilation
{
    /// <summary>Where it pays and is safe: small networks of this library, whose graph does not change.</summary>
    Auto,

    /// <summary>Never: every step runs the loss as it is written.</summary>
    Never,

    /// <summary>
    /// Wherever the operations allow it. The loss is run once for every batch size;
    /// what it decides by values, or captures and changes, is not seen again.
    /// </summary>
    Always,
}
