using Dicom.Net.Diagnostics;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>Lines of the log bear the number of their association.</summary>
public sealed class AssociationScopeTests
{
    private readonly ScopedRecorder _log = new();

    [Fact]
    public async Task Lines_OfTheLibrary_StandInTheScopeOfTheirAssociation()
    {
        using var listener = TestScp.AcceptingAll(new() { LoggerFactory = new SingleLoggerFactory(_log) });
        var id = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Closed += (_, e) => id.TrySetResult(e.Net.AssociationID);
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

        await scu.Peer.SendAsync(WireBytes.Header(0x2A, 0));
        await scu.Peer.ReceiveAsync();
        scu.Peer.Close();

        var expected = await id.Task.WithTimeout();
        Assert.True(expected > 0);
        await Eventually.True(() => _log.Lines.Any(line => line.Id == 2001));
        Assert.Equal(expected, _log.Lines.First(line => line.Id == 2001).AssociationId);
    }

    [Fact]
    public async Task Lines_OfTheApplicationInACallback_StandInTheScopeToo()
    {
        using var listener = TestScp.AcceptingAll(new() { LoggerFactory = new SingleLoggerFactory(_log) });
        var id = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.CEchoRequestReceived += (_, e) =>
        {
            _log.Log(LogLevel.Information, new(42), "line", null, static (line, _) => line);
            id.TrySetResult(e.Net.AssociationID);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        await scu.EchoAsync();

        Assert.Equal(await id.Task.WithTimeout(), _log.Lines.Single(line => line.Id == 42).AssociationId);
    }

    [Fact]
    public void Around_ALogThatNobodyReads_IsThatLog()
    {
        Assert.Same(NullLogger.Instance, AssociationScope.Around(NullLogger.Instance, 1, null!));
        Assert.Null(AssociationScope.Enter(NullLogger.Instance));
    }

    [Fact]
    public async Task AssociationID_OfTwoConnections_IsNotTheSame()
    {
        using var listener = TestScp.AcceptingAll();
        using var unconnected = new DicomNet(null, DicomNetSecurityMode.None);
        using var first = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var second = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(0, unconnected.AssociationID);
        Assert.NotEqual(first.Net.AssociationID, second.Net.AssociationID);
    }
}
