using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>What SslStream writes of itself: synchronously the alert that says why a handshake has failed, and nothing else.</summary>
public sealed class TlsRecordStreamTests : IAsyncDisposable
{
    private static readonly byte[] Alert = [0x15, 3, 3, 0, 2, 2, 48];

    private readonly InlineConnection _below = new();
    private readonly TlsRecordStream _records;

    public TlsRecordStreamTests() => _records = new(_below, new());

    public ValueTask DisposeAsync() => _below.DisposeAsync();

    [Fact]
    public void Write_GoesOutAtOnce()
    {
        _records.Write(Alert, 0, Alert.Length);
        _records.Write(Alert.AsSpan());
        Assert.Equal([Alert, Alert], _below.Writes);
    }

    [Fact]
    public void Write_PeerDoesNotRead_IsNotWaitedFor()
    {
        _below.StallsSends = true;
        _records.Write(Alert.AsSpan());
        Assert.True(_below.IsSendStalled);
        _below.FailSend();
    }

    [Fact]
    public void Write_PeerIsGone_HidesNothingOfWhyTheHandshakeFailed()
    {
        _below.SendError = new TransportException(TransportErrorKind.ConnectionReset, "The test broke the connection.");
        _records.Write(Alert.AsSpan());
        Assert.Empty(_below.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_InTheMidstOfAReadAndThePeerDoesNotRead_AwaitsThePeer(bool isTheOwners)
    {
        var reading = _records.ReadAsync(new byte[10], TestContext.Current.CancellationToken);
        _below.Deliver(new byte[10]);
        Assert.Equal(10, await reading.WithTimeout());
        _below.StallsSends = true;
        _records.IsSending = isTheOwners;

        // The answer to a KeyUpdate (RFC 8446 §4.6.3), or else a PDU of a sender who knows nothing of what the reader does.
        var writing = _records.WriteAsync(new byte[10], TestContext.Current.CancellationToken);

        Assert.Equal(isTheOwners ? 0 : 10, _records.LookedAt);
        _below.CompleteSend();
        await writing.WithTimeout();
    }
}
