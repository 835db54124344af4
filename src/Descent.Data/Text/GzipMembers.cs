using System.Buffers.Binary;
using System.IO.Compression;

namespace Descent.Data.Text;

/// <summary>
/// A gzip file read strictly: every member has its header, its checksum and its length, and nothing but zeros stands behind the last.
/// </summary>
/// <remarks>
/// The platform's reader takes a cut file for a whole one and passes over what follows the last member. Here the members are framed by hand
/// (RFC 1952). The platform's inflater reads ahead, so where a member ends is found by its trailer, whose eight bytes are known from the
/// content: it lies in the last piece that was handed over, or just behind.
/// </remarks>
sealed class GzipMembers(Stream raw) : ForwardStream
{
    const int Piece = 4096;
    readonly byte[] buffer = new byte[3 * Piece];
    DeflateStream? member;
    // The buffer holds what has been read from the file and may still be needed: [handedFrom, handedTo) is the piece that the inflater has,
    // [.., filled) what follows.
    int handedFrom, handedTo, filled, members;
    bool ended;
    readonly System.IO.Hashing.Crc32 checksum = new();
    uint length;

    public override int Read(Span<byte> target)
    {
        if (target.Length == 0) return 0;
        while (true)
        {
            if (member is null && !Begin()) return 0;
            int got = Inflate(target);
            if (got > 0)
            {
                checksum.Append(target[..got]);
                length = unchecked(length + (uint)got);
                return got;
            }
            End();
        }
    }

    int Inflate(Span<byte> target)
    {
        try
        {
            return member!.Read(target);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"the gzip data cannot be unpacked after {length} bytes of content", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            member?.Dispose();
            raw.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>The next piece of the file, for the inflater.</summary>
    int Hand(Span<byte> target)
    {
        handedFrom = handedTo;
        if (handedTo == filled)
        {
            handedFrom = handedTo = filled = 0;
            Fill(1);
        }
        int take = Math.Min(Math.Min(Piece, filled - handedFrom), target.Length);
        buffer.AsSpan(handedFrom, take).CopyTo(target);
        handedTo = handedFrom + take;
        return take;
    }

    // A header, if there is one; zeros to the end are padding.
    bool Begin()
    {
        handedFrom = handedTo;
        Compact();
        if (!Fill(1)) return false;
        if (members > 0 && OnlyZeros()) return false;
        int at = handedTo;
        if (!Fill(10) || buffer[at] != 0x1F || buffer[at + 1] != 0x8B || buffer[at + 2] != 8)
        {
            throw new InvalidDataException(filled - at < 10 && buffer[at] == 0x1F
                ? "the gzip data ends inside a header"
                : members > 0 ? $"bytes that are no gzip data follow behind {(members == 1 ? "its end" : $"its {members} members")}"
                    : "its header is not that of a gzip file");
        }
        byte flags = buffer[at + 3];
        Take(10);
        if ((flags & 4) != 0)
        {
            int extra = Take() | (Take() << 8);
            for (int i = 0; i < extra; i++) Take();
        }
        foreach (int text in (ReadOnlySpan<int>)[8, 16])
            if ((flags & text) != 0)
                while (Take() != 0) { }
        if ((flags & 2) != 0) Take(2);
        checksum.Reset();
        length = 0;
        member = new DeflateStream(new Feed(this), CompressionMode.Decompress);
        return true;
    }

    void End()
    {
        member!.Dispose();
        member = null;
        members++;
        int from = handedFrom;
        Fill(10);
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], length);
        int found = -1;
        for (int i = from; i + 8 <= filled && i <= handedTo; i++)
        {
            if (!buffer.AsSpan(i, 8).SequenceEqual(trailer)) continue;
            found = i;
            // Of two places, as in runs of zeros, the one that a header or the end follows.
            if (i + 8 == filled || buffer[i + 8] == 0x1F) break;
        }
        if (found < 0)
            throw new InvalidDataException($"the gzip data ends after {length} bytes of content without the checksum and length that "
                + "belong there");
        handedTo = found + 8;
    }

    bool OnlyZeros()
    {
        while (true)
        {
            if (buffer.AsSpan(handedTo, filled - handedTo).ContainsAnyExcept((byte)0)) return false;
            handedFrom = handedTo = filled;
            Compact();
            if (!Fill(1)) return true;
        }
    }

    byte Take()
    {
        if (!Fill(1)) throw new InvalidDataException("the gzip data ends inside a header");
        handedFrom = handedTo + 1;
        return buffer[handedTo++];
    }

    void Take(int count)
    {
        for (int i = 0; i < count; i++) Take();
    }

    // Reads on until some bytes stand behind what was handed over; false when the file ends before.
    bool Fill(int wanted)
    {
        if (filled - handedTo < wanted && handedFrom > Piece) Compact();
        while (filled - handedTo < wanted && !ended)
        {
            int got = raw.Read(buffer.AsSpan(filled, Math.Min(Piece, buffer.Length - filled)));
            if (got == 0) ended = true;
            filled += got;
        }
        return filled - handedTo >= wanted;
    }

    void Compact()
    {
        buffer.AsSpan(handedFrom, filled - handedFrom).CopyTo(buffer);
        filled -= handedFrom;
        handedTo -= handedFrom;
        handedFrom = 0;
    }

    sealed class Feed(GzipMembers owner) : ForwardStream
    {
        public override int Read(Span<byte> target) => owner.Hand(target);
    }
}
