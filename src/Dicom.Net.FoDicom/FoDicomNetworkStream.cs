using Dicom.Net.Transport;
using FellowOakDicom.Network;

namespace Dicom.Net.FoDicom;

/// <summary>A connection as fo-dicom's services want it. Disposing of it closes the connection.</summary>
internal sealed class FoDicomNetworkStream(PduConnection connection) : INetworkStream
{
    private readonly Stream _stream = connection.AsStream();

    public string RemoteHost => connection.RemoteEndPoint.Address.ToString();

    public int RemotePort => connection.RemoteEndPoint.Port;

    public string LocalHost => connection.LocalEndPoint.Address.ToString();

    public int LocalPort => connection.LocalEndPoint.Port;

    public Stream AsStream() => _stream;

    public void Dispose() => _stream.Dispose();
}
