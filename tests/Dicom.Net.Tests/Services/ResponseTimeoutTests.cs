using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Services;

/// <summary>Requests of ours that a peer does not answer in time; and what each time limit is called in the end.</summary>
public sealed class ResponseTimeoutTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly DicomNet _listener = TestScp.AcceptingAll();
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

    private async Task AskAsync()
    {
        await _scu.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        SendFind(7);
        await Eventually.True(() => Volatile.Read(ref _find) is not null);
    }

    private void SendFind(int messageId) => _scu.Net.SendCFindRequest(
        1, messageId, DicomUids.Verification, DicomCommandPriorityType.Medium, ServicePair.Saying("*")).ThrowIfFailed();
}
