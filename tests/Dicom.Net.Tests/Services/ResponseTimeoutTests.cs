using System.Threading.Channels;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Services;

/// <summary>Requests of ours that a peer does not answer in time; and what each time limit is called in the end.</summary>
public sealed class ResponseTimeoutTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly DicomNet _listener = TestScp.AcceptingAll(new() { AllowsUnagreedRoles = true });
    private readonly TestScu _scu;
    private DicomCFindRequestEventArgs? _find;

    public ResponseTimeoutTests()
    {
        _scu = new(new() { TimeProvider = _time, ResponseTimeout = Limit, LoggerFactory = new SingleLoggerFactory(_log) });
        _listener.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            Volatile.Write(ref _find, e);
        };
    }

    public void Dispose()
    {
        _scu.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Request_NotAnswered_EndsTheAssociationAndSaysWhich()
    {
        await AskAsync();
        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.True(_scu.Net.IsAssociated());

        _time.Advance(TimeSpan.FromSeconds(1));
        var closed = await _scu.ClosedAsync();

        Assert.Equal(DicomExceptionCode.NetResponseTimeout, closed.Error);
        Assert.Equal(DicomExceptionCode.NetResponseTimeout, _scu.Net.LastError.Code);
        Assert.Contains("C-FIND-RQ with message id 7 was not answered", _scu.Net.LastError.Message, StringComparison.Ordinal);
        Assert.Equal(1, _log.Count(3013));
    }

    [Fact]
    public async Task Request_PendingResponses_EachBeginsTheTimeAnew()
    {
        var responses = 0;
        _scu.Net.CFindResponseReceived += (_, _) => Interlocked.Increment(ref responses);
        await AskAsync();
        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(Limit - TimeSpan.FromSeconds(1));
            _find!.Respond(DicomCommandStatusType.Pending, ServicePair.Saying("found")).ThrowIfFailed();
            await Eventually.True(() => Volatile.Read(ref responses) == i);
        }

        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.True(_scu.Net.IsAssociated());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DicomExceptionCode.NetResponseTimeout, (await _scu.ClosedAsync()).Error);
    }

    [Fact]
    public async Task Request_Answered_IsTimedNoMore()
    {
        var responses = 0;
        _scu.Net.CFindResponseReceived += (_, _) => Interlocked.Increment(ref responses);
        await AskAsync();
        _find!.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await Eventually.True(() => Volatile.Read(ref responses) == 1);

        _time.Advance(3 * Limit);
        Assert.Equal(DicomCommandStatusType.Success, await _scu.EchoAsync());
        _time.Advance(3 * Limit);
        Assert.True(_scu.Net.IsAssociated());
    }

    [Fact]
    public async Task Request_OneAnsweredAndALaterOneNot_TheLaterHasItsWholeTime()
    {
        await AskAsync();
        _time.Advance(Limit / 2);
        var responses = 0;
        _scu.Net.CFindResponseReceived += (_, _) => Interlocked.Increment(ref responses);
        _find!.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await Eventually.True(() => Volatile.Read(ref responses) == 1);
        Volatile.Write(ref _find, null);
        SendFind(8);
        await Eventually.True(() => Volatile.Read(ref _find) is not null);

        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.True(_scu.Net.IsAssociated());
        _time.Advance(TimeSpan.FromSeconds(1));
        await _scu.ClosedAsync();
        Assert.Contains("message id 8", _scu.Net.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EachInstanceThatComes_BeginsTheTimeAnew()
    {
        using var get = await RetrievingAsync();
        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(Limit - TimeSpan.FromSeconds(1));
            get.SendInstance();
            (await get.StoreAsync()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        }

        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.True(get.Scu.Net.IsAssociated());
        Assert.Equal(DicomExceptionCode.NetResponseTimeout, await get.LateAsync(_time));
    }

    [Fact]
    public async Task Get_InstanceThatWaitsForItsAnswer_IsNotThePeersDelay()
    {
        using var get = await RetrievingAsync();
        get.SendInstance();
        var store = await get.StoreAsync();

        _time.Advance(Limit);
        _time.Advance(Limit);
        Assert.True(get.Scu.Net.IsAssociated());
        store.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.NetResponseTimeout, await get.LateAsync(_time));
    }

    [Fact]
    public async Task Get_InstanceThatIsArriving_IsProgress()
    {
        using var get = await RetrievingAsync();
        using var begun = new SemaphoreSlim(0);
        using var goesOn = new SemaphoreSlim(0);
        get.Scu.Net.DataStarting += (_, _) =>
        {
            begun.Release();
            Assert.True(goesOn.Wait(Timeouts.Default, CancellationToken.None));
        };
        get.SendInstance();
        Assert.True(await begun.WaitAsync(Timeouts.Default, TestContext.Current.CancellationToken));

        _time.Advance(Limit);
        _time.Advance(Limit);
        Assert.True(get.Scu.Net.IsAssociated());
        goesOn.Release();
        await get.StoreAsync();

        Assert.True(get.Scu.Net.IsAssociated());
    }

    [Fact]
    public async Task Request_OtherThanGet_IsNotHelpedByInstances()
    {
        using var get = await RetrievingAsync(asks: false);
        get.Scu.Net.SendCFindRequest(
            1, 7, DicomUids.Verification, DicomCommandPriorityType.Medium, ServicePair.Saying("*")).ThrowIfFailed();
        await Eventually.True(() => Volatile.Read(ref _find) is not null);
        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        get.SendInstance();
        await get.StoreAsync();

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DicomExceptionCode.NetResponseTimeout, (await get.Scu.ClosedAsync()).Error);
    }

    [Fact]
    public async Task Association_IdleTooLong_ClosesWithItsOwnCode()
    {
        using var idle = new TestScu(new() { TimeProvider = _time, IdleTimeout = Limit });
        await idle.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        Assert.Equal(DicomCommandStatusType.Success, await idle.EchoAsync());

        await Eventually.True(() =>
        {
            _time.Advance(Limit);
            return !idle.Net.IsAssociated();
        });

        Assert.Equal(DicomExceptionCode.NetIdleTimeout, (await idle.ClosedAsync()).Error);
        Assert.Contains("Nothing was sent or received for 00:05:00", idle.Net.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Association_IdleButForAnOperation_Stands()
    {
        using var idle = new TestScu(new() { TimeProvider = _time, IdleTimeout = Limit });
        await idle.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        idle.Net.SendCFindRequest(1, 1, DicomUids.Verification, DicomCommandPriorityType.Medium, ServicePair.Saying("*")).ThrowIfFailed();
        await Eventually.True(() => Volatile.Read(ref _find) is not null);

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Limit);
        }

        Assert.True(idle.Net.IsAssociated());
    }

    /// <summary>An association on which a C-GET waits, if wanted, and the peer sends instances.</summary>
    private async Task<Retrieval> RetrievingAsync(bool asks = true)
    {
        var gets = 0;
        _listener.CGetRequestReceived += (_, e) =>
        {
            e.Handled = true;
            Interlocked.Increment(ref gets);
        };
        var retrieval = new Retrieval(
            new(new() { TimeProvider = _time, ResponseTimeout = Limit, AllowsUnagreedRoles = true }), _listener);
        await retrieval.Scu.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        if (asks)
        {
            retrieval.Scu.Net.SendCGetRequest(
                1, 7, DicomUids.Verification, DicomCommandPriorityType.Medium, ServicePair.Saying("*")).ThrowIfFailed();
            await Eventually.True(() => Volatile.Read(ref gets) == 1);
        }

        return retrieval;
    }

    private async Task AskAsync()
    {
        await _scu.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        SendFind(7);
        await Eventually.True(() => Volatile.Read(ref _find) is not null);
    }

    private void SendFind(int messageId) => _scu.Net.SendCFindRequest(
        1, messageId, DicomUids.Verification, DicomCommandPriorityType.Medium, ServicePair.Saying("*")).ThrowIfFailed();

    private sealed class Retrieval : IDisposable
    {
        private readonly Channel<DicomCStoreRequestEventArgs> _stores = Channel.CreateUnbounded<DicomCStoreRequestEventArgs>();
        private readonly DicomNet _listener;
        private int _sent;

        public Retrieval(TestScu scu, DicomNet listener)
        {
            (Scu, _listener) = (scu, listener);
            scu.Net.CStoreRequestReceived += (_, e) =>
            {
                e.Handled = true;
                _stores.Writer.TryWrite(e);
            };
        }

        public TestScu Scu { get; }

        public void SendInstance()
        {
            using var instance = TestInstance.Create();
            _listener.GetClient(0)!.SendCStoreRequest(
                1, ++_sent, DicomUids.Verification, TestInstance.Uid, DicomCommandPriorityType.Medium, null, 0, instance).ThrowIfFailed();
        }

        /// <summary>The next instance, which the test answers.</summary>
        public async Task<DicomCStoreRequestEventArgs> StoreAsync() => await _stores.Reader.ReadAsync().WithTimeout();

        /// <summary>Lets time pass until the C-GET is given up: not before the answers to its instances have gone out.</summary>
        public async Task<DicomExceptionCode> LateAsync(FakeTimeProvider time)
        {
            await Eventually.True(() =>
            {
                time.Advance(Limit);
                return !Scu.Net.IsAssociated();
            });
            return (await Scu.ClosedAsync()).Error;
        }

        public void Dispose() => Scu.Dispose();
    }
}
