using System.Buffers;

namespace Dicom.Net.Benchmarks.Serving;

/// <summary>The servers that are measured: what an application would write, through the public API alone.</summary>
internal static class MeasuredServer
{
    private static readonly SearchValues<char> UidCharacters = SearchValues.Create("0123456789.");

    private static readonly string[] SopClasses =
    [
        DicomUids.Verification,
        DicomUids.CTImageStorage,
        DicomUids.SecondaryCaptureImageStorage,
        DicomUids.MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    ];

    /// <summary>What the library announces if it is not told otherwise.</summary>
    public const uint DefaultPduLength = 128 * 1024;

    /// <summary>Hands every data set over, in memory or spooled to a file, and forgets it.</summary>
    /// <param name="spoolFolder">Where data sets too large for memory go; null: the system's temporary folder.</param>
    /// <param name="pduLength">The longest PDU that it takes.</param>
    /// <param name="tls">How connections are secured; null: not at all.</param>
    public static DicomNet Discarding(string? spoolFolder, uint pduLength, DicomTlsOptions? tls = null)
    {
        var mode = tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls;
        var server = Accepting(new DicomNet(spoolFolder, mode, new DicomNetOptions { Tls = tls }), pduLength);
        server.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        return server;
    }

    /// <summary>As <see cref="Discarding"/>, by handlers in place of events.</summary>
    /// <param name="pduLength">The longest PDU that it takes.</param>
    public static DicomNet Handling(uint pduLength)
    {
        var handlers = new DicomHandlers { Supported = new(new DicomSupportedService(SopClasses)) { MaxLength = pduLength } }
            .OnCStore(static (_, _) => new(DicomCommandStatusType.Success));
        return new(null, DicomNetSecurityMode.None, new DicomNetOptions { Handlers = handlers });
    }

    /// <summary>Has the bytes of every data set written to a stream that drops them, as they come.</summary>
    /// <param name="pduLength">The longest PDU that it takes.</param>
    public static DicomNet Streaming(uint pduLength)
    {
        var server = Accepting(new DicomNet(null, DicomNetSecurityMode.None), pduLength);
        server.DataStarting += (_, e) => e.Destination = Stream.Null;
        server.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        return server;
    }

    /// <summary>
    /// Stores every data set as a DICOM file named after its instance. One beyond a mebibyte is spooled where it is to stay: saving
    /// is a rename.
    /// </summary>
    /// <param name="folder">Where to.</param>
    /// <param name="flushToDisk">Whether an answer means that the file is on the disk, not only in the system's cache.</param>
    /// <param name="pduLength">The longest PDU that it takes.</param>
    public static DicomNet Storing(string folder, bool flushToDisk, uint pduLength)
    {
        var server = Accepting(new DicomNet(folder, DicomNetSecurityMode.None), pduLength);
        server.CStoreRequestReceived += (_, e) =>
        {
            if (!IsUid(e.Instance))
            {
                e.Respond(DicomCommandStatusType.CannotUnderstand);
                return;
            }

            e.DataSet!.Save(Path.Combine(folder, e.Instance + ".dcm"), overwrite: true, flushToDisk);
            e.Respond(DicomCommandStatusType.Success);
        };
        return server;
    }

    private static DicomNet Accepting(DicomNet server, uint pduLength)
    {
        server.AssociateRequestReceived += (_, e) =>
        {
            var answer = e.Association.CreateAccept(SopClasses);
            answer.MaxLength = pduLength;
            e.Accept(answer);
        };
        server.CEchoRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        return server;
    }

    // The peer's text is to become a file name: digits and dots, 64 at most (PS3.5 §9.1).
    private static bool IsUid(string text) => text.Length is > 0 and <= 64 && !text.AsSpan().ContainsAnyExcept(UidCharacters);
}
