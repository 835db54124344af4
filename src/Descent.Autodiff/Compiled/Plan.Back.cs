using System.Runtime.InteropServices;

namespace Descent.Autodiff.Compiled;

// From the loss back to the parameters.
sealed partial class Plan<T>
{
    void Back(ReadOnlySpan<T> w, ReadOnlySpan<int> rows, int n)
    {
        Array.Clear(touched);
        PlanStep last = steps[total.A];
        for (int f = 0; f < last.Width; f++)
        {
            Span<T> seed = Cotangents(last, f, n);
            seed[..rows.Length].Fill(T.CreateTruncating(total.Scale));
            seed[rows.Length..].Clear();
        }
        touched[total.A] = true;
        for (int k = total.A; k >= 0; k--)
            if (touched[k] && steps[k].Needs && steps[k].IsRow) Back(steps[k], w, rows, n);
    }

    void Back(PlanStep s, ReadOnlySpan<T> w, ReadOnlySpan<int> rows, int n)
    {
        switch (s.Kind)
        {
            case PlanKind.Linear:
                BackLinear(s, w, n);
                break;
            case PlanKind.Unary:
                Open(s.A, n);
                for (int f = 0; f < s.Width; f++)
                    loops.AddSlope((LaneFunction<T>)s.Function!, Values(steps[s.A], f, n), Values(s, f, n), Cotangents(s, f, n),
                        Cotangents(steps[s.A], f, n), room.AsSpan(0, n));
                break;
            case PlanKind.Binary:
                for (int f = 0; f < s.Width; f++) BackBinary(s, w, f, n);
                break;
            case PlanKind.SumLast:
                Open(s.A, n);
                for (int f = 0; f < steps[s.A].Width; f++) Vectors.AddScaled(T.One, Cotangents(s, 0, n), Cotangents(steps[s.A], f, n));
                break;
            case PlanKind.LogSumExp:
                Open(s.A, n);
                for (int f = 0; f < steps[s.A].Width; f++)
                {
                    Span<T> e = room.AsSpan(0, n);
                    loops.Pairwise(MinusLanes<T>.Instance, Values(steps[s.A], f, n), new Operand<T>(Values(s, 0, n)), e);
                    ElementaryFunctions.Exp<T>(e, e);
                    loops.AddProduct(e, Cotangents(s, 0, n), Cotangents(steps[s.A], f, n));
                }
                break;
            case PlanKind.Pick:
                Open(s.A, n);
                int[] labels = (int[])s.Source!;
                Span<T> c = Cotangents(s, 0, n);
                for (int k = 0; k < rows.Length; k++) cotangents[((steps[s.A].Start + labels[rows[k]]) * Block) + k] += c[k];
                break;
            default:
                break;
        }
    }

    // The first to add finds zeros.
    bool Open(int step, int n)
    {
        PlanStep s = steps[step];
        if (!s.Needs || !s.IsRow) return false;
        if (!touched[step])
            for (int f = 0; f < s.Width; f++) Cotangents(s, f, n).Clear();
        touched[step] = true;
        return true;
    }

    void BackBinary(PlanStep s, ReadOnlySpan<T> w, int f, int n)
    {
        PlanStep a = steps[s.A], b = steps[s.B];
        LanePair<T> pair = (LanePair<T>)s.Function!;
        Span<T> c = Cotangents(s, f, n), e = room.AsSpan(0, n);
        if (a.Needs)
        {
            pair.First(loops, c, Of(b, f, w, n), e);
            Give(s.A, f, e, n);
        }
        if (!b.Needs) return;
        pair.Second(loops, c, Of(a, f, w, n), Of(b, f, w, n), Values(s, f, n), e);
        Give(s.B, f, e, n);
    }

    Operand<T> Of(PlanStep s, int f, ReadOnlySpan<T> w, int n) => s.IsRow ? new(Values(s, f, n)) : new(Same(s, f, w));

    void Give(int to, int f, ReadOnlySpan<T> c, int n)
    {
        PlanStep s = steps[to];
        if (s.Kind == PlanKind.Parameter) gradient[s.Start + (s.Width == 1 ? 0 : f)] += loops.Total(c);
        else if (Open(to, n)) Vectors.AddScaled(T.One, c, Cotangents(s, f, n));
    }
}
