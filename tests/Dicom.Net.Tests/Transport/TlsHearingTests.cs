using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>What has come over TLS and was not looked at yet is in time; what TLS has looked at, and waits for the rest of, is not.</summary>
public sealed class TlsHearingTests : IAsyncLifetime
{
    private TlsPair _pair = null!;
    private PeerHearing _hearing = null!;

    private TlsConnection Server => _pair.Server;

    public async ValueTask InitializeAsync()
    {
        _pair = await TlsPair.CreateAsync();
        _hearing = new(Server);
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task Record_ThatIsNotWhole_IsHeardWhenTheRestIsAwaited()
    {
        var receiving = ReceiveAsync(10);

        await _pair.BelowClient.SendAsync(new byte[] { 0x17, 3, 3 }, CancellationToken.None).WithTimeout();

        var sentInTime = _pair.BelowServer.CountCome();
        await Eventually.True(() => _hearing.HasHeard(ref sentInTime));
        Assert.False(receiving.IsCompleted);
        Server.Abort();
        await Assert.ThrowsAsync<TransportException>(() => receiving.WithTimeout());
    }

    [Fact]
    public async Task Record_ThatNobodyHasFetched_IsNotHeard()
    {
        var receiving = ReceiveAsync(1);
        await SendAsync(1);
        Assert.Equal(1, await receiving.WithTimeout());
        var before = Server.CountCome();

        await SendAsync(1);
        await Eventually.True(() => Server.CountCome() > before);

        var sentInTime = 0L;
        Assert.False(_hearing.HasHeard(ref sentInTime));
    }

    [Fact]
    public async Task Plaintext_ThatNobodyHasLookedAt_IsNotHeard()
    {
        var receiving = ReceiveAsync(10);
        await SendAsync(10);
        Assert.Equal(10, await receiving.WithTimeout());
        var sentInTime = 0L;
        Assert.False(_hearing.HasHeard(ref sentInTime));

        _ = ReceiveAsync(10);

        Assert.True(_hearing.HasHeard(ref sentInTime));
    }

    [Fact]
    public async Task Plaintext_InPieces_IsHeardAfterTheLast()
    {
        var before = Server.CountCome();
        await SendAsync(10);
        await Eventually.True(() => Server.CountCome() > before);
        var sentInTime = 0L;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(1, await ReceiveAsync(1).WithTimeout());
            Assert.False(_hearing.HasHeard(ref sentInTime));
        }

        _ = ReceiveAsync(1);

        Assert.True(_hearing.HasHeard(ref sentInTime));
    }

    private Task<int> ReceiveAsync(int count) => Server.ReceiveAsync(new byte[count], CancellationToken.None).AsTask();

    private Task SendAsync(int count) => _pair.Client.SendAsync(new byte[count], CancellationToken.None).WithTimeout();
}
