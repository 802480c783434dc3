using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class ReceiveBufferTests
{
    private readonly ReceiveBuffer _buffer = new() { Size = 1000 };

    [Fact]
    public void MakeRoom_EverythingTaken_BeginsAgainAtTheStart()
    {
        Receive(WireBytes.Pdu(4, new byte[600]));
        TakeOne();
        Assert.Equal(_buffer.Array.Length, _buffer.MakeRoom().Length);
    }

    [Fact]
    public void MakeRoom_ATakenPduIsKept_NeverWritesOverIt()
    {
        for (byte i = 0; i < 50; i++)
        {
            Receive(WireBytes.Pdu(4, [.. Enumerable.Repeat(i, 333)]));
            var pdu = TakeOne();
            using var kept = _buffer.Array.Share();

            Receive(WireBytes.Pdu(4, [.. Enumerable.Repeat((byte)255, 700)]));
            TakeOne();
            Assert.All(pdu[6..].ToArray(), value => Assert.Equal(i, value));
        }
    }

    [Fact]
    public void Drop_ATakenPduIsKept_WhatStillComesDoesNotOverwriteIt()
    {
        Receive(WireBytes.Pdu(4, 1, 2, 3));
        var pdu = TakeOne();
        using var kept = _buffer.Array.Share();
        Receive([9, 9, 9]);
        _buffer.Drop();
        Receive([.. Enumerable.Repeat((byte)9, 100)]);
        Assert.Equal([1, 2, 3], pdu[6..].ToArray());
    }

    [Fact]
    public void Release_ATakenPduIsKept_LeavesItToItsHolder()
    {
        Receive(WireBytes.Pdu(4, 1, 2, 3));
        var pdu = TakeOne();
        using var kept = _buffer.Array.Share();
        _buffer.Release();
        Receive([.. Enumerable.Repeat((byte)9, 500)]);
        Assert.Equal([1, 2, 3], pdu[6..].ToArray());
        Assert.False(kept.IsShared);
    }

    [Fact]
    public void Release_NothingKept_HoldsNoArray()
    {
        Receive([1]);
        Assert.True(_buffer.IsHeld);
        _buffer.Release();
        Assert.False(_buffer.IsHeld);
        Assert.Equal(0, _buffer.Count);
    }

    private void Receive(byte[] bytes)
    {
        while (bytes.Length > 0)
        {
            var room = _buffer.MakeRoom();
            var count = Math.Min(room.Length, bytes.Length);
            bytes.AsMemory(0, count).CopyTo(room);
            _buffer.Add(count);
            bytes = bytes[count..];
        }
    }

    private ReadOnlyMemory<byte> TakeOne()
    {
        Assert.True(_buffer.TryReadHeader(out var header));
        Assert.True(_buffer.TryTake(header, out var pdu));
        return pdu;
    }
}
