using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Associations;

/// <summary>A driver whose connection, clock and handler are the test's: what the test does has been worked off when it returns.</summary>
internal sealed class InlineDriver : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _seen;

    public InlineDriver(
        AssociationRole role = AssociationRole.Acceptor,
        Func<AssociationOptions, AssociationOptions>? configure = null,
        RecordingHandler? handler = null,
        Instruments? instruments = null)
    {
        Handler = handler ?? new();
        var options = new AssociationOptions { Log = Log, Time = Time, Spool = new() { Folder = _folder.Path, MemoryThreshold = 0 } };
        var telemetry = new AssociationTelemetry(
            instruments ?? Instruments.Of(null), Time, isAcceptor: role == AssociationRole.Acceptor, tellsTitles: false);
        instruments?.Open.Enter(telemetry);
        Ended = DicomPduLayer.Instance.RunAsync(new(Connection, role, Handler, configure?.Invoke(options) ?? options, telemetry));
    }

    public InlineConnection Connection { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public RecordingLogger Log { get; } = new();

    public RecordingHandler Handler { get; }

    public IAssociationPort Port => Handler.Port;

    public Task Ended { get; }

    /// <summary>What a healthy run does not log: none, if the test does not say otherwise.</summary>
    public int ExpectedErrors { get; set; }

    public IReadOnlyList<string> SpoolFiles => _folder.Files;

    /// <summary>An acceptor whose association stands.</summary>
    public static InlineDriver Associated(
        Func<AssociationOptions, AssociationOptions>? configure = null, RecordingHandler? handler = null, uint peerMaximum = 16384,
        Instruments? instruments = null)
    {
        var driver = new InlineDriver(AssociationRole.Acceptor, configure, handler, instruments);
        driver.Deliver(WireBytes.Of(WireBytes.Request(peerMaximum)));
        driver.ExpectSent("AAssociateAc");
        return driver;
    }

    /// <summary>A requestor that has asked for an association, and has no answer yet.</summary>
    public static InlineDriver Requesting(Func<AssociationOptions, AssociationOptions>? configure = null)
    {
        var driver = new InlineDriver(AssociationRole.Requestor, configure);
        Assert.Equal(SendOutcome.Queued, driver.Port.Request(WireBytes.Request()));
        driver.ExpectSent("AAssociateRq");
        return driver;
    }

    /// <summary>A requestor whose association stands.</summary>
    public static InlineDriver RequestorAssociated(Func<AssociationOptions, AssociationOptions>? configure = null)
    {
        var driver = Requesting(configure);
        driver.Deliver(WireBytes.Of(WireBytes.Answer(WireBytes.Request())));
        Assert.True(driver.Port.IsAssociated);
        return driver;
    }

    public void Deliver(params byte[][] pdus) => Connection.Deliver(pdus);

    /// <summary>What has been sent since the last time, and nothing else: the texts of <see cref="RawPdu"/>.</summary>
    public void ExpectSent(params string[] pdus) => Assert.Equal(pdus, TakeSent().Select(pdu => pdu.ToString()));

    public List<RawPdu> TakeSent()
    {
        var all = Connection.SentPdus;
        var sent = all[_seen..];
        _seen = all.Count;
        return sent;
    }

    /// <summary>The status of the one response sent since the last time.</summary>
    public void ExpectResponse(DicomCommandStatusType status) =>
        Assert.Equal(status, WireBytes.CommandOf(Assert.Single(TakeSent())).Status);

    /// <summary>The peer closes, and all is over.</summary>
    public async Task EndAsync()
    {
        Connection.End();
        await Ended.WithTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        Port.CloseForced();
        await Ended.WithTimeout();
        Assert.Equal(ExpectedErrors, Log.Errors.Count());
        Assert.False(Handler.HasOverlapped);
        Assert.Equal("Closed", Assert.Single(Handler.Names, name => name == "Closed"));
        Assert.Equal("Closed", Handler.Names.Last());
        Assert.Empty(SpoolFiles);
        _folder.Dispose();
    }
}
