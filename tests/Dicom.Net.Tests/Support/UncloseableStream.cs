namespace Dicom.Net.Tests.Support;

/// <summary>An application's stream that fails when it is closed, as one that flushes to a full disk then.</summary>
internal sealed class UncloseableStream : MemoryStream
{
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        throw new IOException("The test's: it cannot be closed.");
    }
}
