using Descent.Parallel;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Descent.Orleans;

/// <summary>The clocks of a model's workers as a grain. Reentrant: those who wait for their turn do so in it. Who is not heard of for the
/// model's lease is dropped when somebody waits.</summary>
[Reentrant]
sealed class ClockGrain(IServiceProvider services, TimeProvider time,
    [PersistentState("clocks", ModelServices.Storage)] IPersistentState<KeptBytes> stored) : KeptGrain(stored), IClockGrain
{
    static readonly TimeSpan glance = TimeSpan.FromMilliseconds(100);
    readonly StateBytes bytes = new();
    ParameterModel model = null!;
    ElasticClocks clocks = null!;
    long[] heard = [];
    TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override string Form => $"clocks of {model.Workers} workers";

    public Task<ClockAnswer> Join(int worker) => Change(worker, () => clocks.Join(worker));

    public Task<ClockAnswer> Finish(int worker, long life, long count) => Change(worker, () => clocks.Finish(worker, life, count));

    public async Task Leave(int worker)
    {
        Require();
        clocks.Leave(worker);
        Move();
        await Changed();
    }

    public async Task<ClockAnswer> MayCompute(int worker, long life, TimeSpan wait)
    {
        Require();
        long began = time.GetTimestamp();
        while (true)
        {
            ClockAnswer answer = clocks.MayCompute(worker, life);
            heard[worker] = time.GetTimestamp();
            if (answer.May || !clocks.IsPresent(worker)) return answer;
            if (DropSilent())
            {
                await Changed();
                continue;
            }
            TimeSpan left = wait - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) return answer;
            await Task.WhenAny(moved.Task, Task.Delay(left < glance ? left : glance, time));
        }
    }

    public Task<long> Round()
    {
        Require();
        return Task.FromResult(clocks.Round);
    }

    protected override string? Begin()
    {
        if (ModelServices.Find(services, this.GetPrimaryKeyString(), out string missing) is not { } found) return missing;
        model = found;
        clocks = new ElasticClocks(model.Workers, model.Slack);
        heard = new long[model.Workers];
        Array.Fill(heard, time.GetTimestamp());
        return null;
    }

    protected override byte[] Save()
    {
        byte[] all = new byte[bytes.Length(clocks.Visit)];
        bytes.Move(clocks.Visit, all, 0, false);
        return all;
    }

    protected override void Restore(byte[] state) => bytes.Move(clocks.Visit, state, 0, true);

    async Task<ClockAnswer> Change(int worker, Func<ClockAnswer> change)
    {
        Require();
        ClockAnswer answer = change();
        heard[worker] = time.GetTimestamp();
        Move();
        await Changed();
        return answer;
    }

    bool DropSilent()
    {
        bool any = false;
        for (int m = 0; m < heard.Length; m++)
        {
            if (!clocks.IsPresent(m) || time.GetElapsedTime(heard[m]) <= model.Lease) continue;
            clocks.Drop(m);
            any = true;
        }
        if (any) Move();
        return any;
    }

    void Move()
    {
        moved.SetResult();
        moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
