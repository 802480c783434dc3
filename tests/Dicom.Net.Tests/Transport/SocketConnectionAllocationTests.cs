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
        const int rounds = 100;
        var buffer = new byte[100];
        Assert.InRange(Allocations.LeastOf(() => RunRounds(rounds)) / (double)rounds, 0, 8);

        void RunRounds(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _peer.Send(buffer);
                Assert.True(_peer.Poll(-1, SelectMode.SelectWrite));
                Complete(_connection.SendAsync(buffer, CancellationToken.None));
                Assert.True(_connection.WaitUntilReadable(Timeouts.Default));
                Complete(_connection.ReceiveAsync(buffer, CancellationToken.None));
                _peer.Receive(buffer);
            }
        }
    }

    [Fact]
    public void Receive_ThatHasToWait_AllocatesNothing()
    {
        var buffer = new byte[100];
        var allocated = new long[200];
        for (var i = 0; i < allocated.Length; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var receiving = _connection.ReceiveAsync(buffer, CancellationToken.None);
            allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.False(receiving.IsCompleted);
            _peer.Send(buffer);
            Assert.True(SpinWait.SpinUntil(() => receiving.IsCompleted, Timeouts.Default));
            Complete(receiving);
        }

        // Nearly all: the first ones make what is made once, and a collection that another test causes counts as allocated (Allocations).
        Assert.InRange(allocated.Count(bytes => bytes > 0), 0, 40);
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
