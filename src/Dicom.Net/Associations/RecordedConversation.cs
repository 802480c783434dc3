using Dicom.Net.Diagnostics;

namespace Dicom.Net.Associations;

/// <summary>One TCP conversation of a recording: its segments become PDUs again.</summary>
internal sealed class RecordedConversation(RecordedEnds ends)
{
    private readonly Direction _sent = new();
    private readonly Direction _received = new();
    private bool _isReset;

    public RecordedEnds Ends => ends;

    public bool HasEnded => _isReset || (_sent.HasEnded && _received.HasEnded);

    /// <summary>Takes the next segment.</summary>
    /// <returns>The PDUs that end with it.</returns>
    public IEnumerable<PduTraceEntry> Take(CapturedSegment segment)
    {
        var isSent = segment.From.Equals(ends.Local);
        var direction = isSent ? _sent : _received;
        _isReset |= segment.Flags.HasFlag(TcpFlags.Rst);
        foreach (var (type, length, summary) in direction.Take(segment))
        {
            yield return new(segment.Time.ToLocalTime(), isSent, ends.Local, ends.Remote, type, length, summary);
        }
    }

    private sealed class Direction
    {
        private readonly PduTap _tap = new();
        private uint? _next;
        private bool _isLost;

        public bool HasEnded { get; private set; }

        public IEnumerable<(byte Type, uint Length, string Summary)> Take(CapturedSegment segment)
        {
            var begins = segment.Flags.HasFlag(TcpFlags.Syn);
            var sequence = begins ? segment.Sequence + 1 : segment.Sequence;
            _next = begins ? sequence : _next ?? sequence;

            // Sequence numbers wrap (RFC 9293 §3.4): what counts is the difference.
            var ahead = (int)(sequence - _next.Value);
            HasEnded |= ahead <= 0 && segment.Flags.HasFlag(TcpFlags.Fin);
            if (_isLost || segment.Length == 0)
            {
                return [];
            }

            if (ahead > 0)
            {
                _isLost = true;
                return [(0, 0, $"{ahead} bytes are missing in the recording: from here on nothing can be told of this direction")];
            }

            var repeated = Math.Min(-(long)ahead, segment.Length);
            _next += (uint)(segment.Length - repeated);
            return _tap.Take(segment.Payload[(int)repeated..]).Select(pdu => (pdu.Header.Type, pdu.Header.Length, pdu.Summary));
        }
    }
}
