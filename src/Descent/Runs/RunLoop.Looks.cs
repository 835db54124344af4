using Descent.Oracles;

namespace Descent.Runs;

// When the run is looked at, and what a look asks for.
sealed partial class RunLoop<T>
{
    long NextTrace()
    {
        long step = Math.Max(iteration.Step, Quiet() - 1), spacing = Spacing(step), regular = ((step / spacing) + 1) * spacing;
        return step >= options.TraceEvery
            ? regular
            : Math.Min(regular, (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(step + 1, options.TraceFrom)));
    }

    bool AtTrace()
    {
        long step = iteration.Step;
        if (iteration.Ended is not null) return true;
        if (step < Quiet()) return false;
        return step % Spacing(step - 1) == 0
            || (step >= options.TraceFrom && step < options.TraceEvery && BitOperations.IsPow2(step));
    }

    // Regular spacing at first; wider by powers of two in long runs,
    // so that a trace keeps some hundred points and looking costs less than moving.
    long Spacing(long step) =>
        options.TraceEvery * (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, step / options.TraceEvery / options.TracePoints));

    // The step before which no look is due. A look at large data costs as much as a pass: where the gap alone decides, half of the way that
    // is left at the rate of the last two looks is made without one, eight epochs at most.
    long Quiet()
    {
        if (options.Certifier is not { ThoroughIsCheap: false } || options.GapTolerance <= 0 || options.RelativeTolerance > 0
            || options.GradientTolerance > 0 || options.Monitor is not null || !iteration.KnownGradient.IsEmpty || trace.Count < 2)
            return 0;
        (TracePoint before, TracePoint now) = (trace[^2], trace[^1]);
        if (now.Step < 8 * options.TraceEvery) return 0;
        double rate = Math.Log(before.Gap / now.Gap) / (now.Step - before.Step),
            left = Math.Log(now.Gap / (options.GapTolerance * Math.Abs(now.Value))) / rate;
        return rate > 0 && left > 0 ? now.Step + (long)Math.Min(left / 2, 8.0 * options.TraceEvery) : 0;
    }

    void Look()
    {
        bool paused = oracle.Meter.Paused;
        oracle.Meter.Paused = true;
        double value = iteration.LastValue, norm = double.NaN;
        // Oracles and certifiers are asked about points only.
        bool finite = Finite(iteration.Point);
        if (finite) options.Latest?.Take(iteration.Step, iteration.Point);
        if (!finite) value = double.NaN;
        else if (CanWait(iteration.KnownGradient)) (value, norm) = (iteration.LastValue, Vectors.Norm<T>(iteration.KnownGradient));
        else if (options.Certifier is { } certifier
            && (certifier.ProvesAtLooks || certifier.ThoroughIsCheap || oracle is not IGradientOracle<T>))
        {
            unseen = 0;
            Certificate c = certifier.Certify(iteration.Point, iteration.Dual, options.GapTolerance > 0 && certifier.ThoroughIsCheap);
            (value, norm) = (c.Value, c.GradientNorm);
            lowerBound = Math.Max(lowerBound, c.LowerBound);
        }
        else if (oracle is IGradientOracle<T> exact)
        {
            value = exact.Gradient(iteration.Point, scratch) + (oracle.NonSmooth?.Value(iteration.Point) ?? 0);
            norm = Vectors.Norm<T>(scratch);
        }
        oracle.Meter.Paused = paused;
        trace.Add(new TracePoint(iteration.Step, Gradients, (double)Gradients / examples, spent.TotalSeconds, value, norm,
            iteration.LastStepSize, lowerBound)
        { Sums = iteration.Sums, Distance = DistanceToReference() });
    }

    // Where the method knows F and its gradient, a look is spent on the first point, of small data on the first eight,
    // on every sixteenth, at the end, and where the gradient says that it may decide.
    bool CanWait(ReadOnlySpan<T> gradient)
    {
        if (options.Certifier is null || gradient.IsEmpty || iteration.Ended is not null) return false;
        // Where a look can prove nothing, the value and the gradient that the method has are all that there is to see.
        if (!options.Certifier.ProvesAtLooks) return trace.Count > 0;
        if (trace.Count < (options.Certifier.ThoroughIsCheap ? 8 : 1) || ++unseen >= 16) return false;
        double expected = options.Certifier.Foresee(gradient);
        return !double.IsNaN(expected) && !(expected <= 4 * options.GapTolerance * Math.Abs(iteration.LastValue));
    }
}
