namespace Dicom.Net.Transport;

/// <summary>A connection that knows what has come and was not yet fetched. Asked on any thread, beside whoever receives.</summary>
internal interface IReceiveProgress
{
    /// <summary>Bytes received since the connection stands.</summary>
    long Received { get; }

    /// <summary>Bytes that the system holds for us; 0 where the connection has ended.</summary>
    int Unread { get; }
}
