using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>A DIMSE message on its way out, cut into P-DATA-TF PDUs while it is sent: its data set is never held as a whole.</summary>
internal sealed class OutgoingMessage(DimseFragmenter fragmenter, IDataSetSource? data) : OutgoingItem
{
    private IDataSetSource? _data = data;

    public override PduType Type => PduType.PDataTf;

    public override int PreferredOutput => fragmenter.PreferredOutput;

    public override bool IsComplete => fragmenter.IsComplete;

    public override long Written => fragmenter.BytesSent;

    public override int Fill(Span<byte> output) => output.Length < DimseFragmenter.MinimumOutput ? 0 : fragmenter.Fill(output);

    public override void Dispose()
    {
        // Once only: the source is a share of bytes that others hold too.
        Interlocked.Exchange(ref _data, null)?.Dispose();
        base.Dispose();
    }
}
