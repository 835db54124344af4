using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent;

// The same methods with a constant step size given as a number.
public static partial class Methods
{
    /// <summary>M1: gradient descent. A number is a constant step size.</summary>
    public static GradientMethod GradientDescent(double eta, IProximalMap? set = null) => GradientDescent(new Constant(eta), set);

    /// <summary>M3: stochastic gradient descent. A number is a constant step size.</summary>
    public static StochasticMethod Sgd(double eta, Sampling? sampling = null, IProximalMap? set = null) =>
        Sgd(new Constant(eta), sampling, set);

    /// <summary>M5: heavy-ball momentum on sampled gradients. A number is a constant step size.</summary>
    public static StochasticMethod HeavyBall(double eta, double beta = 0.9, Sampling? sampling = null) =>
        HeavyBall(new Constant(eta), beta, sampling);

    /// <summary>M5: heavy-ball momentum on exact gradients. A number is a constant step size.</summary>
    public static GradientMethod HeavyBallFull(double eta, double beta = 0.9) => HeavyBallFull(new Constant(eta), beta);

    /// <summary>M7: Nesterov's momentum on sampled gradients. A number is a constant step size.</summary>
    public static StochasticMethod Nesterov(double eta, double beta = 0.9, Sampling? sampling = null) =>
        Nesterov(new Constant(eta), beta, sampling);

    /// <summary>M7: Nesterov's momentum on exact gradients. A number is a constant step size.</summary>
    public static GradientMethod NesterovFull(double eta, double beta = 0.9) => NesterovFull(new Constant(eta), beta);

    /// <summary>M7 with the convex momentum sequence, restarted; with a proximal map this is FISTA.
    /// A number is a constant step size.</summary>
    public static GradientMethod Fista(double eta, bool restart = true) => Fista(new Constant(eta), restart);

    /// <summary>M8: accelerated gradient by linear coupling. A number is a constant step size.</summary>
    public static GradientMethod LinearCoupling(double eta) => LinearCoupling(new Constant(eta));

    /// <summary>M6: momentum as an exponential average. A number is a constant step size.</summary>
    public static StochasticMethod EmaMomentum(double eta, double alpha = 0.1, Sampling? sampling = null) =>
        EmaMomentum(new Constant(eta), alpha, sampling);

    /// <summary>M11; M12 when delayed: AdaGrad-norm. A number is a constant step size.</summary>
    public static StochasticMethod AdaGradNorm(double c, double epsilon = 1e-4, bool delayed = false, Sampling? sampling = null) =>
        AdaGradNorm(new Constant(c), epsilon, delayed, sampling);

    /// <summary>M13; M14 when corrected: EMA-norm. A number is a constant step size.</summary>
    public static StochasticMethod EmaNorm(double c, double beta = 0.999, double epsilon = 1e-4, bool corrected = false,
        Sampling? sampling = null) => EmaNorm(new Constant(c), beta, epsilon, corrected, sampling);

    /// <summary>M16: diagonal AdaGrad. A number is a constant step size.</summary>
    public static StochasticMethod AdaGrad(double c, Sampling? sampling = null) => AdaGrad(new Constant(c), sampling);

    /// <summary>M17: RMSprop. A number is a constant step size.</summary>
    public static StochasticMethod RmsProp(double eta, double rho = 0.9, Sampling? sampling = null) =>
        RmsProp(new Constant(eta), rho, sampling);

    /// <summary>M18: Adam. A number is a constant step size.</summary>
    public static StochasticMethod Adam(double eta, Sampling? sampling = null) => Adam(new Constant(eta), sampling);

    /// <summary>M19: AMSGrad. A number is a constant step size.</summary>
    public static StochasticMethod AmsGrad(double eta, Sampling? sampling = null) => AmsGrad(new Constant(eta), sampling);

    /// <summary>M20: sign descent. A number is a constant step size.</summary>
    public static StochasticMethod SignDescent(double eta, Sampling? sampling = null) => SignDescent(new Constant(eta), sampling);

    /// <summary>M23: normalised SGD with momentum. A number is a constant step size.</summary>
    public static StochasticMethod Normalised(double eta, double alpha = 0.1, Sampling? sampling = null) =>
        Normalised(new Constant(eta), alpha, sampling);

    /// <summary>M24: normalised SGD with variance-reduced momentum (STORM). A number is a constant step size.</summary>
    public static StochasticMethod NormalisedStorm(double eta, double alpha = 0.1, Sampling? sampling = null) =>
        NormalisedStorm(new Constant(eta), alpha, sampling);

    /// <summary>M22: SVRG. A number is a constant step size.</summary>
    public static FiniteSumMethod Svrg(double eta, Sampling? sampling = null, long period = 0) => Svrg(new Constant(eta), sampling, period);

    /// <summary>M25: LARS. A number is a constant step size.</summary>
    public static StochasticMethod Lars(double eta, double beta = 0.9, Sampling? sampling = null) =>
        Lars(new Constant(eta), beta, sampling);

    /// <summary>M26: LAMB. A number is a constant step size.</summary>
    public static StochasticMethod Lamb(double eta, double decay = 0, Sampling? sampling = null) =>
        Lamb(new Constant(eta), decay, sampling);

    /// <summary>Loopless SVRG. A number is a constant step size.</summary>
    public static FiniteSumMethod LooplessSvrg(double eta, Sampling? sampling = null) => LooplessSvrg(new Constant(eta), sampling);

    /// <summary>SAG. A number is a constant step size.</summary>
    public static FiniteSumMethod Sag(double eta, Sampling? sampling = null) => Sag(new Constant(eta), sampling);

    /// <summary>SAGA. A number is a constant step size.</summary>
    public static FiniteSumMethod Saga(double eta, Sampling? sampling = null) => Saga(new Constant(eta), sampling);

    /// <summary>SARAH. A number is a constant step size.</summary>
    public static FiniteSumMethod Sarah(double eta, Sampling? sampling = null) => Sarah(new Constant(eta), sampling);

    /// <summary>PAGE. A number is a constant step size.</summary>
    public static FiniteSumMethod Page(double eta, Sampling? sampling = null) => Page(new Constant(eta), sampling);

    /// <summary>AdamW. A number is a constant step size.</summary>
    public static StochasticMethod AdamW(double eta, double decay = 0.01, Sampling? sampling = null) =>
        AdamW(new Constant(eta), decay, sampling);

    /// <summary>NAdam. A number is a constant step size.</summary>
    public static StochasticMethod NAdam(double eta, Sampling? sampling = null) => NAdam(new Constant(eta), sampling);

    /// <summary>RAdam. A number is a constant step size.</summary>
    public static StochasticMethod RAdam(double eta, Sampling? sampling = null) => RAdam(new Constant(eta), sampling);

    /// <summary>ADOPT. A number is a constant step size.</summary>
    public static StochasticMethod Adopt(double eta, Sampling? sampling = null) => Adopt(new Constant(eta), sampling);

    /// <summary>AdEMAMix. A number is a constant step size.</summary>
    public static StochasticMethod AdEmaMix(double eta, Sampling? sampling = null) => AdEmaMix(new Constant(eta), sampling);

    /// <summary>Adan. A number is a constant step size.</summary>
    public static StochasticMethod Adan(double eta, double decay = 0, Sampling? sampling = null) =>
        Adan(new Constant(eta), decay, sampling);

    /// <summary>Lion. A number is a constant step size.</summary>
    public static StochasticMethod Lion(double eta, double decay = 0, Sampling? sampling = null) =>
        Lion(new Constant(eta), decay, sampling);

    /// <summary>Muon. A number is a constant step size.</summary>
    public static StochasticMethod Muon(double eta, double beta = 0.95, Sampling? sampling = null) =>
        Muon(new Constant(eta), beta, sampling);

    /// <summary>Shampoo. A number is a constant step size.</summary>
    public static StochasticMethod Shampoo(double eta, Sampling? sampling = null) => Shampoo(new Constant(eta), sampling);

    /// <summary>SOAP. A number is a constant step size.</summary>
    public static StochasticMethod Soap(double eta, Sampling? sampling = null) => Soap(new Constant(eta), sampling);

    /// <summary>Sophia. A number is a constant step size.</summary>
    public static Sophia Sophia(double eta, Sampling? sampling = null) => Sophia(new Constant(eta), sampling);

    /// <summary>Schedule-free SGD. A number is a constant step size.</summary>
    public static StochasticMethod ScheduleFreeSgd(double eta, double beta = 0.9, Sampling? sampling = null) =>
        ScheduleFreeSgd(new Constant(eta), beta, sampling);

    /// <summary>Schedule-free AdamW. A number is a constant step size.</summary>
    public static StochasticMethod ScheduleFreeAdamW(double eta, Sampling? sampling = null) =>
        ScheduleFreeAdamW(new Constant(eta), sampling);

    /// <summary>Sharpness-aware minimisation around SGD. A number is a constant step size.</summary>
    public static StochasticMethod Sam(double eta, double rho = 0.05, Sampling? sampling = null) => Sam(new Constant(eta), rho, sampling);
}
