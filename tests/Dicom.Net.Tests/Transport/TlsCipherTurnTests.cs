using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public sealed class TlsCipherTurnTests
{
    private readonly TlsCipherTurn _turn = new();

    [Fact]
    public void TryTake_HolderAwaitsThePeer_GivesUpUntilItIsYielded()
    {
        _turn.Take();
        _turn.AwaitPeer();
        Assert.False(_turn.TryTake());

        _turn.Yield();

        Assert.True(_turn.TryTake());
    }

    [Fact]
    public async Task TryTake_HolderDeciphers_WaitsForIt()
    {
        _turn.Take();
        var trying = Task.Run(_turn.TryTake, TestContext.Current.CancellationToken);

        _turn.Yield();

        Assert.True(await trying.WithTimeout());
    }

    [Fact]
    public async Task TryTake_HolderNeverYields_GivesUp()
    {
        _turn.Take();

        Assert.False(await Task.Run(_turn.TryTake, TestContext.Current.CancellationToken).WithTimeout());
    }
}
