using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>The tests' own connection has to behave as a socket does, or the tests built on it prove nothing.</summary>
public sealed class InMemoryConnectionTests
{
    private readonly InMemoryConnection _here;
    private readonly InMemoryConnection _there;

    public InMemoryConnectionTests() => (_here, _there) = InMemoryConnection.CreatePair();

    [Fact]
    public async Task Send_Bytes_ArriveAtTheOtherSide()
    {
        await Send(_here, 1, 2, 3);
        Assert.Equal([1, 2, 3], await Receive(_there));
        Assert.Equal(_here.LocalEndPoint, _there.RemoteEndPoint);
    }

    [Fact]
    public async Task Receive_EmptyBuffer_WaitsUntilReadableAndConsumesNothing()
    {
        var readable = _there.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask();
        Assert.False(readable.IsCompleted);
        await Send(_here, 1);
        Assert.Equal(0, await readable.WithTimeout());
        Assert.Equal(1, _there.Unreceived);
    }

    [Fact]
    public async Task Receive_ByteByByte_GivesOneByteEach()
    {
        _there.ByteByByte = true;
        await Send(_here, 1, 2);
        Assert.Equal([1], await Receive(_there));
        Assert.Equal([2], await Receive(_there));
    }

    [Fact]
    public async Task Receive_Stalled_WaitsForTheStallsEnd()
    {
        _there.Stalled = true;
        await Send(_here, 1);
        var receiving = Receive(_there);
        Assert.False(receiving.IsCompleted);
        _there.Stalled = false;
        Assert.Equal([1], await receiving);
    }

    [Fact]
    public async Task Send_PeersCapacityFull_WaitsUntilItReceives()
    {
        _there.ReceiveCapacity = 2;
        var sending = Send(_here, 1, 2, 3);
        Assert.False(sending.IsCompleted);
        Assert.Equal([1, 2], await Receive(_there));
        await sending;
        Assert.Equal([3], await Receive(_there));
    }

    [Fact]
    public async Task Cut_BothSides_AreReset()
    {
        var receiving = Receive(_there);
        _here.Cut();
        await AssertEndsAsync(TransportErrorKind.ConnectionReset, () => receiving);
        await AssertEndsAsync(TransportErrorKind.ConnectionReset, () => Receive(_here));
        await AssertEndsAsync(TransportErrorKind.ConnectionReset, () => Send(_here, 1));
        await AssertEndsAsync(TransportErrorKind.ConnectionReset, () => Send(_there, 1));
    }

    [Fact]
    public async Task Close_DataUnderWay_ArrivesBeforeTheEnd()
    {
        await Send(_here, 1);
        await _here.DisposeAsync();
        Assert.Equal([1], await Receive(_there));
        Assert.Empty(await Receive(_there));
        await AssertEndsAsync(TransportErrorKind.Closed, () => Send(_here, 1));
        await AssertEndsAsync(TransportErrorKind.Closed, () => Receive(_here));
        await AssertEndsAsync(TransportErrorKind.ConnectionReset, () => Send(_there, 1));
    }

    [Fact]
    public async Task Abort_DataUnderWay_IsLostAndThePeerReset()
    {
        await Send(_here, 1);
        _here.Abort();
        await AssertEndsAsync(TransportErrorKind.ConnectionReset, () => Receive(_there));
        await AssertEndsAsync(TransportErrorKind.Closed, () => Receive(_here));
        await AssertEndsAsync(TransportErrorKind.Closed, () => Send(_here, 1));
    }

    [Fact]
    public async Task ShutdownSend_OneSide_LeavesTheOtherDirectionOpen()
    {
        _here.ShutdownSend();
        Assert.True(_here.HasEndedSending);
        Assert.Empty(await Receive(_there));
        await Send(_there, 9);
        Assert.Equal([9], await Receive(_here));
    }

    [Fact]
    public async Task AsStream_SynchronousCalls_MoveTheBytesAndDisposeCloses()
    {
        await using var stream = _here.AsStream();
        stream.Write([1, 2]);
        Assert.Equal([1, 2], await Receive(_there));
        await Send(_there, 3);
        Assert.Equal(3, stream.ReadByte());
        await stream.DisposeAsync();
        Assert.Empty(await Receive(_there));
    }

    private static Task Send(PduConnection connection, params byte[] bytes)
        => connection.SendAsync(bytes, CancellationToken.None).WithTimeout();

    private static async Task<byte[]> Receive(PduConnection connection)
    {
        var buffer = new byte[64];
        return buffer[..await connection.ReceiveAsync(buffer, CancellationToken.None).WithTimeout()];
    }

    private static async Task AssertEndsAsync(TransportErrorKind kind, Func<Task> call)
        => Assert.Equal(kind, (await Assert.ThrowsAsync<TransportException>(call)).Kind);
}
