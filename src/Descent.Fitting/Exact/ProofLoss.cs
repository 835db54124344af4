namespace Descent.Fitting.Exact;

/// <summary>
/// A loss φ in exact arithmetic: its Fenchel–Young excess <c>φ(z) + φ*(u) − uz ≥ 0</c> at one example, in balls, and the domain of its
/// conjugate.
/// </summary>
abstract class ProofLoss
{
    /// <summary>Least squares, ½(z − y)².</summary>
    public static ProofLoss Squared { get; } = new SquaredProof();

    /// <summary>Huber's, with threshold δ.</summary>
    public static ProofLoss Huber { get; } = new HuberProof();

    /// <summary>|z − y|.</summary>
    public static ProofLoss Absolute { get; } = new PinballProof(isMedian: true);

    /// <summary>The pinball loss at τ.</summary>
    public static ProofLoss Quantile { get; } = new PinballProof(isMedian: false);

    /// <summary>max(0, 1 − sz), s = ±1.</summary>
    public static ProofLoss Hinge { get; } = new HingeProof();

    /// <summary>e^z − yz.</summary>
    public static ProofLoss Poisson { get; } = new PoissonProof();

    /// <summary>log Σ e^z − z_y over two classes.</summary>
    public static ProofLoss TwoClasses { get; } = new ClassesProof(2);

    /// <summary>log Σ e^z − z_y.</summary>
    public static ProofLoss Classes { get; } = new ClassesProof(0);

    /// <summary>Whether there is one margin a class.</summary>
    public virtual bool ByClass => false;

    /// <summary>Classes that it needs; 0 for any number.</summary>
    public virtual int NeedsClasses => 0;

    /// <summary>What is wrong with a problem of this loss; null when nothing is.</summary>
    public virtual string? Wrong(ProofProblem p) => null;

    /// <summary>φ and the excess at an example.</summary>
    public abstract (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u);

    /// <summary>The slopes that the loss can have, the domain of its conjugate; null where there is no end.</summary>
    public virtual (Ball? Low, Ball? High) Slopes(ProofProblem p, int i) => (null, null);

    /// <summary>The same in double precision.</summary>
    public virtual (double Low, double High) Ends(ProofProblem p, int i) => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>φ′(z) in double precision, where it is one of the slopes.</summary>
    public abstract double Slope(ProofProblem p, double z, double y);

    /// <summary>The interior-point method's variable of an example, which belongs to a margin c − Aw, as a slope.</summary>
    public virtual double OfPiece(ProofProblem p, int i, double variable) => -variable;
}
