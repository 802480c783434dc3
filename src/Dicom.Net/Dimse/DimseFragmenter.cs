using Dicom.Net.Pdus;

namespace Dicom.Net.Dimse;

/// <summary>Makes the P-DATA-TF PDUs of one message (PS3.8 Annex E), as many at a time as the caller has room for.</summary>
/// <remarks>
/// <para>Rule 1: a PDU holds one presentation data value. Command set and data set have PDUs of their own: peers are known that fail on
/// both in one.</para>
/// <para>Rule 2: PDU-length, which counts all but the PDU's six header bytes, never exceeds the peer's maximum length (PS3.8 §D.1).</para>
/// <para>Rule 3: fragments have an even length (PS3.8 §E.1); only the last of a part may be as odd as the part is.</para>
/// <para>Rule 4: the data set goes from its source straight to its place behind the headers.</para>
/// <para>Rule 5: after a <see cref="DataSetSourceException"/> the association is to be aborted, and the fragmenter is not used
/// again.</para>
/// </remarks>
internal sealed class DimseFragmenter
{
    /// <summary>The least room that <see cref="Fill"/> makes something of: the headers and the least even fragment.</summary>
    public const int MinimumOutput = HeadersSize + SmallestFragment;

    private const int HeadersSize = PduWriter.PDataHeaderSize + PduWriter.PdvHeaderSize;

    private const int SmallestFragment = 2;

    private const uint LeastMaximumLength = PduWriter.PdvHeaderSize + SmallestFragment;

    // The peer may take more, or anything (PS3.8 §D.1); this is as much as is worth while. Arbitrary: beyond it a larger write gains
    // nothing that can be measured, and costs memory for each association that sends.
    private const uint LongestUsefulPdu = 128 * 1024;

    // PDUs go out several at a time. A PDU of 128 KiB a write reached 0.38 and 0.45 of dgen's rate with files of 512 KiB (one core, two),
    // and 0.47 with 1 GiB (two cores); 1 MiB a write reached 0.44, 0.48 and 0.63. The buffer is held while sending, and kept by the pool.
    private const int LongestUsefulOutput = 1024 * 1024;

    private readonly byte _contextId;
    private readonly ReadOnlyMemory<byte> _command;
    private readonly IDataSetSource? _data;
    private readonly long _dataLength;
    private readonly int _longestFragment;
    private bool _isInCommand = true;
    private long _offset;

    /// <summary>Begins a message.</summary>
    /// <param name="contextId">The presentation context to send it in.</param>
    /// <param name="command">The encoded command set.</param>
    /// <param name="data">The data set, or null if the command set says that none follows. It stays the caller's.</param>
    /// <param name="maximumLength">The maximum length that the peer announced; 0 for unlimited (PS3.8 §D.1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing can be sent to such a peer: see <see cref="CanSend"/>.</exception>
    public DimseFragmenter(byte contextId, ReadOnlyMemory<byte> command, IDataSetSource? data, uint maximumLength)
    {
        if (!CanSend(maximumLength))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximumLength),
                maximumLength,
                $"The peer's maximum length has no room for a fragment: it must be 0 or at least {LeastMaximumLength}.");
        }

        var pduLength = maximumLength == 0 ? LongestUsefulPdu : Math.Min(maximumLength, LongestUsefulPdu);
        _contextId = contextId;
        _command = command;
        _data = data;
        _dataLength = data?.Length ?? 0;
        _longestFragment = RoundedDownToEven((int)pduLength - PduWriter.PdvHeaderSize);
    }

    /// <summary>Whether all PDUs of the message have been handed out.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The bytes handed out so far, headers included.</summary>
    public long BytesSent { get; private set; }

    /// <summary>The bytes of the data set handed out so far.</summary>
    public long DataSetBytesSent => _isInCommand ? 0 : _offset;

    /// <summary>
    /// The room that suits <see cref="Fill"/> next: for the whole rest of the message if it is short, else as much as is worth while.
    /// </summary>
    public int PreferredOutput => (int)Math.Max(
        MinimumOutput,
        Math.Min(RemainingEncodedLength(), LongestUsefulOutput));

    /// <summary>Whether a message can be sent to a peer that announced this maximum length: it needs room for one even fragment.</summary>
    public static bool CanSend(uint maximumLength) => maximumLength is 0 or >= LeastMaximumLength;

    /// <summary>Writes as many whole PDUs as fit; the first may be made shorter to fit.</summary>
    /// <param name="output">Room for at least <see cref="MinimumOutput"/> bytes.</param>
    /// <returns>The number of bytes written: 0 only if the message is complete.</returns>
    /// <exception cref="ArgumentException">The room is less than the minimum.</exception>
    /// <exception cref="DataSetSourceException">The source has fewer bytes than it promised.</exception>
    public int Fill(Span<byte> output)
    {
        if (output.Length < MinimumOutput)
        {
            throw new ArgumentException($"Give room for at least {MinimumOutput} bytes.", nameof(output));
        }

        var written = 0;
        while (!IsComplete)
        {
            var room = output.Length - written - HeadersSize;
            var length = (int)Math.Min(RemainingOfPart, _longestFragment);
            if (length > room && written > 0)
            {
                break;
            }

            length = length > room ? RoundedDownToEven(room) : length;
            WritePdu(output.Slice(written, HeadersSize + length));
            written += HeadersSize + length;
        }

        BytesSent += written;
        return written;
    }

    private long RemainingOfPart => (_isInCommand ? _command.Length : _dataLength) - _offset;

    private void WritePdu(Span<byte> pdu)
    {
        var fragment = pdu[HeadersSize..];
        var isLast = fragment.Length == RemainingOfPart;
        PduWriter.WritePDataHeader(pdu, PduWriter.PdvHeaderSize + fragment.Length);
        PduWriter.WritePdvHeader(pdu[PduWriter.PDataHeaderSize..], fragment.Length, _contextId, _isInCommand, isLast);
        if (_isInCommand)
        {
            _command.Span.Slice((int)_offset, fragment.Length).CopyTo(fragment);
        }
        else
        {
            ReadDataSet(fragment);
        }

        _offset += fragment.Length;
        if (isLast)
        {
            EndPart();
        }
    }

    private void ReadDataSet(Span<byte> fragment)
    {
        for (var filled = 0; filled < fragment.Length;)
        {
            var rest = fragment[filled..];
            var count = _data!.Read(_offset + filled, rest);
            if (count <= 0 || count > rest.Length)
            {
                throw new DataSetSourceException(
                    $"The data set has {_dataLength} bytes, but reading {rest.Length} at {_offset + filled} gave {count}.");
            }

            filled += count;
        }
    }

    private void EndPart()
    {
        if (_isInCommand && _data is not null)
        {
            _isInCommand = false;
            _offset = 0;
        }
        else
        {
            IsComplete = true;
        }
    }

    private long RemainingEncodedLength()
    {
        if (IsComplete)
        {
            return 0;
        }

        var rest = EncodedLength(RemainingOfPart);
        return _isInCommand && _data is not null ? rest + EncodedLength(_dataLength) : rest;
    }

    // Even an empty data set has one fragment, to carry the mark of the last: PS3.8 §E.1 wants no empty ones, but asks receivers to take
    // them, and a peer that was told that a data set follows would wait for ever.
    private long EncodedLength(long length) =>
        length + HeadersSize * Math.Max(1, length / _longestFragment + (length % _longestFragment == 0 ? 0 : 1));

    private static int RoundedDownToEven(int length) => length & ~1;
}
