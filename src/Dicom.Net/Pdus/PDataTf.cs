namespace Dicom.Net.Pdus;

/// <summary>
/// The P-DATA-TF PDU: a list of presentation data values (PS3.8 §9.3.5). It lies over the receive buffer: nothing is copied, and it
/// is good until the buffer's owner reuses it.
/// </summary>
public readonly struct PDataTf
{
    /// <summary>Wraps a list that <see cref="PduReader"/> has tested to its end.</summary>
    internal PDataTf(ReadOnlyMemory<byte> pdvList) => PdvList = pdvList;

    /// <summary>The encoded list: all bytes after the six of the PDU's header. Their number is what the Maximum Length limits.</summary>
    public ReadOnlyMemory<byte> PdvList { get; }

    /// <summary>Enumerates the values, without allocation.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(PdvList);

    /// <summary>Walks over the values of a P-DATA-TF.</summary>
    public struct Enumerator
    {
        private ReadOnlyMemory<byte> _rest;

        internal Enumerator(ReadOnlyMemory<byte> pdvList) => _rest = pdvList;

        /// <summary>The value reached by the last <see cref="MoveNext"/>.</summary>
        public PresentationDataValue Current { get; private set; }

        /// <summary>Goes to the next value.</summary>
        /// <returns>False if there is none.</returns>
        public bool MoveNext()
        {
            if (!PdvHeader.TryRead(_rest.Span, out var header))
            {
                return false;
            }
            var fragment = _rest.Slice(PdvHeader.Size, header.FragmentLength);
            Current = new(header.ContextId, header.IsCommand, header.IsLast, fragment);
            _rest = _rest[(PdvHeader.Size + header.FragmentLength)..];
            return true;
        }
    }
}
