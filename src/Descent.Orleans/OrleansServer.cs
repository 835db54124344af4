using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Descent.Parallel;
using Orleans;

namespace Descent.Orleans;

/// <summary>
/// The parameter server within a service, as its workers see it: a shard is a grain of 16 to 64 thousand parameters, a call a message to
/// the silo where it lives. A push that has returned is in the storage, and is there once.
/// </summary>
/// <remarks>
/// For models that live in a service and learn online; training jobs are cheaper over ranks (docs/distributed.md). Calls wait for their
/// answer, so that they belong on threads of their own, not into a grain. When a silo is lost, they are made again, with the same
/// number, until it is known that they were taken in. Workers join with their first call, and may leave and come back under the
/// same number, in another process too. Deterministic with slack 0, once the same workers have joined; otherwise not. Cost of a
/// push: one message and a share of one write of the block's state.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class OrleansServer<T> : IParameterServer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ParameterModel<T> model;
    readonly Retrying retrying;
    readonly TimeSpan turn;
    readonly IClockGrain clock;
    readonly IBlockGrain[] blocks;
    readonly Seat[] seats;

    /// <summary>Sees the server of a model.</summary>
    /// <param name="grains">A client of the cluster, or a silo's own factory.</param>
    /// <param name="model">The model, the same as in the silos.</param>
    /// <param name="patience">How long a call is made again before it fails; one minute when left out.</param>
    /// <param name="turn">How long <see cref="MayCompute"/> waits for a yes; one second when left out.</param>
    public OrleansServer(IGrainFactory grains, ParameterModel<T> model, TimeSpan? patience = null, TimeSpan? turn = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        this.model = Guard.Given("The model", model, nameof(OrleansServer<>));
        retrying = new Retrying(patience ?? TimeSpan.FromMinutes(1));
        this.turn = turn ?? TimeSpan.FromSeconds(1);
        clock = grains.GetGrain<IClockGrain>(model.Name);
        blocks = [.. Enumerable.Range(0, model.Blocks).Select(b => grains.GetGrain<IBlockGrain>($"{model.Name}/{b}"))];
        seats = [.. Enumerable.Range(0, model.Workers).Select(_ => new Seat(model.Blocks))];
    }

    /// <inheritdoc/>
    public int Dimension => model.Dimension;

    /// <inheritdoc/>
    public int Shards => model.Blocks;

    /// <inheritdoc/>
    public int Start(int shard) => model.Start(shard);

    /// <inheritdoc/>
    /// <remarks>Waits up to a second for a yes, unless the constructor was told otherwise.</remarks>
    public bool MayCompute(int worker)
    {
        Seat seat = SeatOf(worker);
        ClockAnswer answer = AskClock(() => clock.MayCompute(worker, seat.Life, turn));
        seat.Clock = answer.Clock;
        return answer.May;
    }

    /// <inheritdoc/>
    public long Pull(int worker, int shard, Span<T> weights) =>
        Answered(shard, Request(new PushHeader(worker, shard, 0, 0), 0, SeatOf(worker).Clock, 0), true, weights);

    /// <inheritdoc/>
    public long Pull(int worker, int shard, ReadOnlySpan<int> coordinates, Span<T> weights)
    {
        byte[] request = Request(new PushHeader(worker, shard, 0, 0), 0, SeatOf(worker).Clock, coordinates.Length * sizeof(int));
        MemoryMarshal.AsBytes(coordinates).CopyTo(Body(request));
        return Answered(shard, request, false, weights);
    }

    /// <inheritdoc/>
    /// <remarks>Returns when the push is in the storage.</remarks>
    /// <exception cref="InvalidOperationException">The weights missed more pushes than the slack allows, or another process
    /// has joined as this worker: nothing was applied.</exception>
    /// <exception cref="ArgumentException">The gradient has a value that is not finite, or another length: nothing was applied.</exception>
    public void Push(in PushHeader header, ReadOnlySpan<T> gradient)
    {
        Seat seat = SeatOf(header.Worker);
        byte[] request = Request(header, ++seat.Sequences[header.Shard], seat.Clock, gradient.Length * Unsafe.SizeOf<T>());
        MemoryMarshal.AsBytes(gradient).CopyTo(Body(request));
        Push(header.Shard, request, true);
    }

    /// <inheritdoc/>
    /// <remarks>Returns when the push is in the storage; errors as for a whole gradient.</remarks>
    public void Push(in PushHeader header, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> gradient)
    {
        Seat seat = SeatOf(header.Worker);
        byte[] request = Request(header, ++seat.Sequences[header.Shard], seat.Clock,
            coordinates.Length * (sizeof(int) + Unsafe.SizeOf<T>()));
        ServerMessage.Split(request.AsSpan(Envelope.Bytes), out _, out Span<int> at, out Span<T> values);
        coordinates.CopyTo(at);
        gradient.CopyTo(values);
        Push(header.Shard, request, false);
    }

    /// <inheritdoc/>
    public void Finish(int worker)
    {
        Seat seat = SeatOf(worker);
        long count = seat.Clock + 1;
        seat.Clock = AskClock(() => clock.Finish(worker, seat.Life, count)).Clock;
    }

    /// <inheritdoc/>
    /// <remarks>Anyone may say it of a worker that is lost; without it, the others go on after the model's lease.</remarks>
    public void Leave(int worker) => AskClock(async () =>
    {
        await clock.Leave(worker).ConfigureAwait(false);
        return default;
    });

    /// <inheritdoc/>
    /// <remarks>Whoever was this worker before takes part no longer: its pushes are refused.</remarks>
    public void Join(int worker)
    {
        if ((uint)worker >= (uint)seats.Length)
            throw new ArgumentException($"Model '{model.Name}' has workers 0 to {seats.Length - 1}; got {worker}. "
                + "Give it more (`Workers`).");
        seats[worker].Begin(AskClock(() => clock.Join(worker)));
    }

    /// <summary>Copies the weights of all blocks; while workers push, blocks are of different moments.</summary>
    /// <param name="weights">Receives d weights.</param>
    public void CopyTo(Span<T> weights)
    {
        Guard.Length("A copy of the weights", Dimension, weights.Length);
        long round = model.Slack == 0 ? retrying.Ask(clock.GetPrimaryKeyString(), clock.Round) : 0;
        for (int b = 0; b < blocks.Length; b++)
            Answered(b, Request(new PushHeader(0, b, 0, 0), 0, round, 0), true, weights[Start(b)..Start(b + 1)]);
    }

    /// <summary>What a block has seen.</summary>
    public BlockFacts Look(int shard) => MemoryMarshal.Read<BlockFacts>(retrying.Ask(Name(shard), blocks[shard].Look));

    string Name(int shard) => $"Block {model.Name}/{shard}";

    Seat SeatOf(int worker)
    {
        if ((uint)worker >= (uint)seats.Length || seats[worker].Life == 0) Join(worker);
        return seats[worker];
    }

    ClockAnswer AskClock(Func<Task<ClockAnswer>> call) => retrying.Ask($"The clocks of {model.Name}", call);

    byte[] Request(in PushHeader header, long sequence, long round, int more) =>
        new Envelope(sequence, round, model.Dimension, model.BlockSize).Message(header, more);

    static Span<byte> Body(byte[] request) => request.AsSpan(Envelope.Bytes + ServerMessage.HeaderBytes);

    void Push(int shard, byte[] request, bool whole) => retrying.Ask(Name(shard), async () =>
    {
        await blocks[shard].Push(request, whole).ConfigureAwait(false);
        return true;
    });

    long Answered(int shard, byte[] request, bool whole, Span<T> weights)
    {
        byte[] answer = retrying.Ask(Name(shard), () => blocks[shard].Pull(request, whole));
        MemoryMarshal.Cast<byte, T>(answer.AsSpan(sizeof(long))).CopyTo(weights);
        return MemoryMarshal.Read<long>(answer);
    }

    // What one worker of this process knows of itself; touched by its own thread alone.
    sealed class Seat(int blocks)
    {
        public long Life, Clock;
        public readonly long[] Sequences = new long[blocks];

        public void Begin(ClockAnswer answer)
        {
            (Life, Clock) = (answer.Life, answer.Clock);
            Array.Fill(Sequences, Envelope.Before(Life));
        }
    }
}
