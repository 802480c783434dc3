using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>The hot path: what is done per PDU costs no memory.</summary>
public sealed class SocketConnectionAllocationTests : IAsyncLifetime
{
    private Socket _peer = null!;
    private SocketConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        (_peer, var accepted) = await Loopback.ConnectedPairAsync();
        _connection = new SocketConnection(accepted);
    }

    public async ValueTask DisposeAsync()
    {
        _peer.Dispose();
        await _connection.DisposeAsync();
    }

    [Fact]
    public void SendAndReceive_ThatNeedNotWait_AllocateNothing()
    {
        const int rounds = 1000;
        var buffer = new byte[100];
        RunRounds(50); // whatever is made once is made now
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunRounds(rounds);
        var perRound = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)rounds;
        Assert.InRange(perRound, 0, 8);

        void RunRounds(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _peer.Send(buffer);
                Assert.True(_peer.Poll(-1, SelectMode.SelectWrite));
                Complete(_connection.SendAsync(buffer, CancellationToken.None));
                Complete(_connection.ReceiveAsync(buffer, CancellationToken.None));
                _peer.Receive(buffer);
            }
        }
    }

    [Fact]
    public void Receive_ThatHasToWait_AllocatesNothing()
    {
        const int rounds = 200;
        var buffer = new byte[100];
        var allocated = 0L;
        for (var i = -20; i < rounds; i++) // whatever is made once is made before round 0
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var receiving = _connection.ReceiveAsync(buffer, CancellationToken.None);
            allocated = i < 0 ? 0 : allocated + GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.False(receiving.IsCompleted);
            _peer.Send(buffer);
            Assert.True(SpinWait.SpinUntil(() => receiving.IsCompleted, Timeouts.Default));
            Complete(receiving);
        }

        Assert.InRange(allocated / (double)rounds, 0, 8); // a state machine on the heap would be more than a hundred bytes
    }

    private static void Complete(ValueTask task)
    {
        Assert.True(task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    private static void Complete(ValueTask<int> task)
    {
        Assert.True(task.IsCompleted);
        task.GetAwaiter().GetResult();
    }
}
