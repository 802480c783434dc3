using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>The way of every wish to send.</summary>
public partial class DicomNet
{
    /// <summary>Sends to a peer, which need not be the one that the object has by now.</summary>
    internal DicomNetResult Send(PeerExchange? exchange, Func<IAssociationPort, SendOutcome> wish) =>
        Return(Attempt(exchange, wish, static (_, port, wish) => SendResults.Of(wish(port))));

    private DicomNetResult Send(Func<IAssociationPort, SendOutcome> wish) => Send(_exchange, wish);

    private DicomNetResult Attempt<T>(T details, Func<PeerExchange, IAssociationPort, T, DicomNetResult> wish) =>
        Attempt(_exchange, details, wish);

    /// <summary>Carries out a wish to send and puts its outcome into words.</summary>
    /// <param name="exchange">Whom to send to.</param>
    /// <param name="details">What the wish needs to know: so one that is carried out for every message needs no closure.</param>
    /// <param name="wish">The wish.</param>
    private DicomNetResult Attempt<T>(PeerExchange? exchange, T details, Func<PeerExchange, IAssociationPort, T, DicomNetResult> wish)
    {
        if (exchange is not { Port: { } port })
        {
            return exchange == _exchange && IsSecuring ? StillSecuring : SendResults.Of(SendOutcome.NotConnected);
        }

        try
        {
            return wish(exchange, port, details);
        }
        catch (ObjectDisposedException error)
        {
            return new(DicomExceptionCode.Disposed, error.Message);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or PduException or DataSetException)
        {
            // What a data set or a PDU made by the caller cannot be encoded for.
            return new(DicomExceptionCode.Parameter, error.Message);
        }
    }
}
