using System.Buffers.Binary;
using System.Security.Cryptography;
using Descent.Data;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>
/// checkpoint.bin of a run folder: a line that names the format, the record of the run with its length, the state of the run, and SHA-256
/// over all before it. A file that is cut short or changed in any bit is refused.
/// </summary>
static class CheckpointFile
{
    public const string Name = "checkpoint.bin";

    const int Digest = 32;

    static ReadOnlySpan<byte> Format => "descent checkpoint 1\n"u8;

    public static byte[] ToBytes(RunRecord record, RunState state)
    {
        byte[] head = record.ToBytes(), body = state.ToBytes(),
            all = new byte[Format.Length + sizeof(int) + head.Length + body.Length + Digest];
        Span<byte> rest = all;
        Format.CopyTo(rest);
        rest = rest[Format.Length..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, head.Length);
        rest = rest[sizeof(int)..];
        head.CopyTo(rest);
        body.CopyTo(rest[head.Length..]);
        SHA256.HashData(all.AsSpan(0, all.Length - Digest), all.AsSpan(all.Length - Digest));
        return all;
    }

    /// <exception cref="DataException">The bytes are no checkpoint, or are damaged; one sentence says what is wrong.</exception>
    public static (RunRecord Record, RunState State) Parse(byte[] bytes, string path)
    {
        int least = Format.Length + sizeof(int) + Digest;
        if (bytes.Length < least || !bytes.AsSpan().StartsWith(Format))
            throw new DataException($"{path}: is no checkpoint; expected a file that begins with 'descent checkpoint 1', written during a "
                + "run.");
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - Digest)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - Digest)))
            throw new DataException($"{path}: is damaged: its digest does not fit its content. Run the command of the fit again.");
        int head = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Format.Length)), from = Format.Length + sizeof(int);
        if (head < 0 || head > bytes.Length - least) throw new DataException($"{path}: is damaged: its head has {head} bytes.");
        RunRecord record = RunRecord.Parse(bytes.AsMemory(from, head), path);
        try
        {
            return (record, RunState.FromBytes(bytes.AsSpan(from + head, bytes.Length - Digest - from - head)));
        }
        catch (FormatException e)
        {
            throw new DataException($"{path}: holds no state of a run. {e.Message}", e);
        }
    }
}
