using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class ReceivePumpTests : IAsyncDisposable
{
    private readonly InlineConnection _connection = new();
    private readonly PumpRecorder _told = new();
    private readonly ReceivePump _pump;

    public ReceivePumpTests() => _pump = new(_connection, _told, new(_connection));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public void Start_NothingThere_WaitsWithoutABuffer()
    {
        _pump.Start();
        Assert.Equal("idle batch", _told.Told);
        Assert.Equal(0, _connection.LargestReceiveBuffer);
    }

    [Fact]
    public void Deliver_Point01HeaderAlone_IsAPduOfLengthZero()
    {
        _pump.Start();
        _connection.Deliver(WireBytes.Header(5, 0));
        Assert.Equal("idle batch pdu5 idle batch", _told.Told);
    }

    [Fact]
    public void Deliver_Point02ByteByByte_GivesTheSamePdu()
    {
        var pdu = WireBytes.Pdu(4, [.. Enumerable.Range(0, 100).Select(i => (byte)i)]);
        _pump.Start();
        foreach (var value in pdu)
        {
            Assert.Empty(_told.Pdus);
            _connection.Deliver([value]);
        }

        Assert.Equal(pdu, Assert.Single(_told.Pdus));
    }

    [Fact]
    public void Deliver_Point03SeveralPdusAtOnce_AreToldBeforeTheNextWait()
    {
        _pump.Start();
        _connection.Deliver(WireBytes.Pdu(4, 1, 2), WireBytes.Pdu(5, 3), WireBytes.Pdu(7), WireBytes.Header(6, 9));
        Assert.Equal("idle batch pdu4 pdu5 pdu7 partial batch", _told.Told);
    }

    [Fact]
    public void Deliver_PduOverManyReceives_IsWhole()
    {
        var pdu = WireBytes.Pdu(4, new byte[100_000]);
        Random.Shared.NextBytes(pdu.AsSpan(6));
        _pump.Start();
        foreach (var piece in pdu.Chunk(777))
        {
            _connection.Deliver(piece);
        }

        Assert.Equal(pdu, Assert.Single(_told.Pdus));
        Assert.EndsWith("pdu4 idle batch", _told.Told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(64 * 1024)]
    public void Deliver_Point05ClaimOf4GiB_ReservesNothingForIt(int bufferSize)
    {
        _pump.BufferSize = bufferSize;
        _pump.Start();
        _connection.Deliver(WireBytes.Header(4, uint.MaxValue));
        _connection.Deliver([1, 2, 3]);
        // The pool rounds up to a power of two.
        Assert.InRange(_connection.LargestReceiveBuffer, 1, 2 * bufferSize);
    }

    [Fact]
    public void Deliver_LongPdu_GetsRoomNoFasterThanItsBytesArrive()
    {
        _pump.Start();
        _connection.Deliver(WireBytes.Header(4, 1 << 24));
        var delivered = 6;
        for (var i = 0; i < 500; i++, delivered += 1000)
        {
            _connection.Deliver(new byte[1000]);
            // Room for as much again as has come, rounded up by the pool.
            Assert.InRange(_connection.LargestReceiveBuffer, 1, Math.Max(8192, 4 * (delivered + 1000)));
        }
    }

    [Fact]
    public void Deliver_HeaderRefused_NothingMoreIsLookedAt()
    {
        _told.Acceptance = header =>
        {
            _pump.Discard();
            return false;
        };
        _pump.Start();
        _connection.Deliver(WireBytes.Header(9, 10));
        _connection.Deliver(WireBytes.ReleaseRq);
        Assert.Equal("idle batch idle batch idle batch", _told.Told);
        _connection.End();
        Assert.EndsWith(" end batch", _told.Told, StringComparison.Ordinal);
    }

    [Fact]
    public void Discard_InsideAPdu_DropsWhatIsBufferedBehindIt()
    {
        _told.OnPdu = _ => _pump.Discard();
        _pump.Start();
        _connection.Deliver(WireBytes.ReleaseRq, WireBytes.ReleaseRp);
        Assert.Equal("idle batch pdu5 idle batch", _told.Told);
    }

    [Fact]
    public void Pause_InsideAPdu_HoldsTheNextOneBackUntilUnpaused()
    {
        _told.OnPdu = _ => _pump.Pause();
        _pump.Start();
        _connection.Deliver(WireBytes.ReleaseRq, WireBytes.ReleaseRp);
        Assert.Equal("idle batch pdu5 batch", _told.Told);
        Assert.True(_pump.Unpause());
        _pump.Start();
        Assert.Equal("idle batch pdu5 batch pdu6 batch", _told.Told);
    }

    [Fact]
    public void Unpause_BeforeThePumpHasStopped_LeavesTheTurnToThePump()
    {
        _told.OnPdu = _ =>
        {
            _pump.Pause();
            Assert.False(_pump.Unpause());
        };
        _pump.Start();
        _connection.Deliver(WireBytes.ReleaseRq, WireBytes.ReleaseRp);
        Assert.Equal("idle batch pdu5 pdu6 idle batch", _told.Told);
    }

    [Fact]
    public async Task Unpause_FromAnotherThread_LosesNoPduOfThousands()
    {
        const int count = 20_000;
        using var pauses = new SemaphoreSlim(0);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _told.OnPdu = pdu =>
        {
            if (_told.Pdus.Count == count)
            {
                done.SetResult();
                return;
            }

            _pump.Pause();
            pauses.Release();
        };
        _connection.Deliver([.. Enumerable.Range(0, count).Select(_ => WireBytes.ReleaseRq)]);
        var resuming = Task.Run(async () =>
        {
            for (var i = 1; i < count; i++)
            {
                await pauses.WaitAsync().WithTimeout();
                if (_pump.Unpause())
                {
                    _pump.Start();
                }
            }
        }, TestContext.Current.CancellationToken);
        _pump.Start();
        await Task.WhenAll(done.Task, resuming).WithTimeout();
        Assert.Equal(count, _told.Pdus.Count);
    }

    [Theory]
    [InlineData(0, " end batch")]
    [InlineData(5, " end-mid-pdu batch")]
    [InlineData(8, " end-mid-pdu batch")]
    [InlineData(10, " pdu5 idle batch end batch")]
    public void End_AfterSomeBytesOfAPdu_SaysWhetherOneWasCutOff(int count, string expected)
    {
        _pump.Start();
        _connection.Deliver(WireBytes.ReleaseRq[..count]);
        _connection.End();
        Assert.EndsWith(expected, _told.Told, StringComparison.Ordinal);
    }

    [Fact]
    public void Break_WhileWaiting_EndsWithTheReason()
    {
        _pump.Start();
        _connection.Break();
        Assert.Equal("idle batch end-TransportException batch", _told.Told);
    }

    [Fact]
    public void OnPdu_Throws_IsAFailureAndNothingElse()
    {
        _told.OnPdu = _ => throw new InvalidOperationException();
        _pump.Start();
        _connection.Deliver(WireBytes.ReleaseRq);
        Assert.Equal("idle batch pdu5 failure-InvalidOperationException", _told.Told);
    }
}
