using Dicom.Net.Diagnostics;

namespace Dicom.Net.Tool.Options;

/// <summary>What the connections of a command have in common, and the file that they are recorded in.</summary>
internal sealed class Network(PcapngTrace? recording) : IAsyncDisposable
{
    public required DicomNetOptions Options { get; init; }

    public DicomNetSecurityMode Security => Options.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls;

    /// <summary>The same recording, with other options.</summary>
    public Network With(DicomNetOptions options) => new(recording) { Options = options };

    public ValueTask DisposeAsync() => recording?.DisposeAsync() ?? default;
}
