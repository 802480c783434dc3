using Dicom.Net.Associations;

namespace Dicom.Net.Tests.Snippets;

/// <summary>The snippet of docs/tracing.md on lines of text.</summary>
internal static class TextTrace
{
    public static DicomNetOptions Options() =>
        new() { PduLayer = new TracingPduLayer(DicomPduLayer.Instance, pdu => Console.Error.WriteLine(pdu)) };
}
