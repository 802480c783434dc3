namespace Dicom.Net.Transport;

/// <summary>A connection that knows what has come and was not yet fetched. Asked on any thread, beside whoever receives.</summary>
internal interface IReceiveProgress
{
    /// <summary>Bytes received since the connection stands.</summary>
    long Received { get; }

    /// <summary>Bytes that have come in all: those received, and those that the system holds for us.</summary>
    long CountCome();

    /// <summary>
    /// How much of <see cref="Received"/> was looked at inside a receive, which then wanted more: of a TLS record, say, that is not whole as yet.
    /// Always 0 where a receive hands on whatever comes.
    /// </summary>
    long LookedAt => 0;
}
