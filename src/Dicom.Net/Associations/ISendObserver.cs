namespace Dicom.Net.Associations;

/// <summary>What a <see cref="SendQueue"/> tells of its work, on the thread that does it.</summary>
internal interface ISendObserver
{
    /// <summary>Whole PDUs are about to be written.</summary>
    void OnWriting(ReadOnlySpan<byte> pdus)
    {
    }

    /// <summary>The system takes no more bytes for now: the peer does not read.</summary>
    void OnWriteWaiting();

    /// <summary>A write has ended.</summary>
    void OnWritten();

    /// <summary>The last bytes of an item go to the system now: told before what the peer answers to them.</summary>
    void OnSent(OutgoingItem item);

    /// <summary>An item could not be read to its end. It is disposed of; what it had written may be on its way.</summary>
    void OnItemFailed(OutgoingItem item, Exception error);

    /// <summary>Nothing waits to be sent.</summary>
    void OnSendIdle();

    /// <summary>Nothing more can be sent: the connection is lost.</summary>
    void OnSendFailed(Exception error);
}
