using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Sending;
using Dicom.Net.Benchmarks.Serving;

namespace Dicom.Net.Benchmarks.Tls;

/// <summary>C-STORE from our client to our server, both in this process, through the public API alone.</summary>
internal sealed class StoreLoad : IDisposable
{
    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly InstanceSource _instances;

    /// <param name="pixelBytes">The size of the pixel data.</param>
    public StoreLoad(int pixelBytes)
    {
        var file = Path.Combine(_scratch.Path, "instance.dcm");
        using var dataSet = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, "1.2.3.4");
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OW, new byte[pixelBytes]);
        dataSet.Save(file, flushToDisk: false);
        _instances = new([file], inMemory: true);
    }

    /// <param name="tls">How the connection is secured; null: not at all.</param>
    /// <param name="warm">How many to send before the clock starts.</param>
    /// <param name="count">How many to send after that.</param>
    public async Task<LoadResult> RunAsync(DicomTlsOptions? tls, int warm, int count)
    {
        using var server = MeasuredServer.Discarding(null, MeasuredServer.DefaultPduLength, tls);
        server.Listen("127.0.0.1", 0, 5).ThrowIfFailed();
        using var sender = new FileSender(_instances, warm, count, tls);
        return await sender.RunAsync(server.HostPort);
    }

    public void Dispose() => _scratch.Dispose();
}
