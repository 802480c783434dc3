using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>An archive of Dicom.Net's own.</summary>
internal sealed class NativeScp : IDisposable
{
    private static readonly string[] Storage = [DicomUids.SecondaryCaptureImageStorage, DicomUids.CTImageStorage];
    private static readonly string[] Others = [DicomUids.Verification, DicomUids.StudyRootFind, DicomUids.StudyRootMove, DicomUids.StudyRootGet];

    private readonly TestFolder _folder = new();
    private readonly DicomNet _net;

    public NativeScp(DicomTlsOptions? tls = null)
    {
        var handlers = new DicomHandlers
        {
            Supported = new(new DicomSupportedService(Others), new DicomSupportedService(Storage) { ProviderRole = DicomRoleSupport.Supported }),
        };
        handlers.OnCStore((request, _) =>
        {
            request.DataSet!.Save(_folder.PathOf(request.SopInstance + ".dcm"), flushToDisk: false);
            return new(DicomCommandStatusType.Success);
        });
        handlers.OnCFind((_, _) => Files.Select(MatchOf).ToAsyncEnumerable());
        handlers.OnCGet((_, _) => Files.Select(DicomInstance.FromFile).ToAsyncEnumerable());
        handlers.OnCMove(
            title => Destinations.TryGetValue(title, out var port) ? new("127.0.0.1", port) : null,
            (_, _) => Files.Select(DicomInstance.FromFile).ToAsyncEnumerable());
        _net = new(null, tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, new DicomNetOptions { Handlers = handlers, Tls = tls });
        _net.Listen("127.0.0.1", 0, 128).ThrowIfFailed();
    }

    public int Port => _net.HostPort;

    public string[] Files => _folder.Files;

    /// <summary>Where the AEs are that it may send to: ports of this machine.</summary>
    public Dictionary<string, int> Destinations { get; } = [];

    public void Dispose()
    {
        _net.Dispose();
        _folder.Dispose();
    }

    private static DicomDataSet MatchOf(string file)
    {
        using var instance = DicomDataSet.Load(file);
        var match = new DicomDataSet();
        match.Set(DicomTag.QueryRetrieveLevel, "IMAGE");
        match.Set(DicomTag.SOPInstanceUID, instance.GetString(DicomTag.SOPInstanceUID)!);
        return match;
    }
}
