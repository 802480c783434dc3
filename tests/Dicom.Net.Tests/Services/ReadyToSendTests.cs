using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

public sealed class ReadyToSendTests
{
    [Fact]
    public async Task ReadyToSendAsync_APeerThatDoesNotRead_WaitsUntilItDoesAndNothingIsLost()
    {
        const int matches = 3000;
        using var listener = TestScp.AcceptingAll();
        var request = new TaskCompletionSource<DicomCFindRequestEventArgs>();
        listener.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            request.TrySetResult(e);
        };
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);
        await raw.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);
        var find = await request.Task.WithTimeout();

        var hasWaited = false;
        var answering = Task.Run(async () =>
        {
            for (var i = 0; i < matches; i++)
            {
                var ready = find.Net.ReadyToSendAsync(TestContext.Current.CancellationToken);
                Volatile.Write(ref hasWaited, hasWaited || !ready.IsCompleted);
                await ready;
                find.Respond(DicomCommandStatusType.Pending, Saying(new string('x', 4000))).ThrowIfFailed();
            }

            find.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        }, TestContext.Current.CancellationToken);
        await Eventually.True(() => Volatile.Read(ref hasWaited));

        var received = 0;
        while (WireBytes.CommandOf(await raw.Peer.ReceiveAsync()) is { Status: DicomCommandStatusType.Pending } match)
        {
            received += match.HasDataSet ? 1 : 0;
            await raw.Peer.ReceiveAsync(); // The identifier, in a PDU of its own.
        }

        await answering.WithTimeout();
        Assert.Equal(matches, received);
    }

    [Fact]
    public async Task ReadyToSendAsync_TheConnectionEnds_Completes()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.Close();

        await pair.Scu.ReadyToSendAsync(TestContext.Current.CancellationToken).WithTimeout();
    }
}
