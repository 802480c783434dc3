using System.Globalization;
using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom.Network;
using Hospital;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>A service class of fo-dicom's on a listener of Dicom.Net, and its archive.</summary>
internal sealed class HostedScp : IDisposable
{
    private readonly TestFolder _folder = new();

    private HostedScp(Func<Archive, FoDicomPduLayer> layer, string host, IpType ipType, DicomNetOptions? options)
    {
        Archive = new(_folder.Sub("archive"));
        options = (options ?? new()) with { PduLayer = layer(Archive) };
        Net = new DicomNet(null, options.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options);
        Net.Closed += (_, closed) =>
        {
            lock (Ends)
            {
                Ends.Add(closed.Error);
            }
        };
        Net.Listen(host, 0, 128, ipType).ThrowIfFailed();
    }

    public DicomNet Net { get; }

    public Archive Archive { get; }

    public List<DicomExceptionCode> Ends { get; } = [];

    private int CountOfEnds
    {
        get
        {
            lock (Ends)
            {
                return Ends.Count;
            }
        }
    }

    public int Port => Net.HostPort;

    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    public static HostedScp Of<TService>(DicomNetOptions? options = null, string host = "127.0.0.1", IpType ipType = IpType.IPv4)
        where TService : DicomService, IDicomServiceProvider =>
        new(archive => FoDicomPduLayer.For<TService>(new() { UserState = archive }), host, ipType, options);

    /// <summary>The listener knows of no client any more, and has told how each ended.</summary>
    public Task EmptyAsync(int ends = 1) =>
        Timeouts.UntilAsync(() => Net.GetClientCount() == 0 && CountOfEnds >= ends, $"all {ends} clients have ended");

    public void Dispose()
    {
        Net.Dispose();
        _folder.Dispose();
    }
}
