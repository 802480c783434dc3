using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Tool.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tool.Tests.Support.DoctorSteps;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>Every step at which the way to a peer can fail: which, why, and what to do.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    // It stands still, so that the doctor waits as long as a busy machine needs.
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_HealthyPeer_GoesThroughAllSteps()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(["name", "connect", "associate", "echo"], Steps(run));
        Assert.All(run.JsonOf("step"), step => Assert.Equal("good", Text(step, "verdict")));
    }

    [Fact]
    public async Task Doctor_NameThatCannotBe_FailsAtTheName()
    {
        // A label has 63 characters at most (RFC 1035 §2.3.4): no name server is asked.
        var run = await ToolRun.RunAsync(_clock, "doctor", new string('x', 64), "104", "--json");

        AssertFails(run, "name", ExitCode.NoConnection, "Check its spelling");
    }

    [Theory]
    [InlineData("010.0.0.1", "leading zeros")] // Octal to the platform's parser: 8.0.0.1.
    [InlineData("127.1", "all four")]
    [InlineData("1", "all four")]
    [InlineData("[::1]:104", "no IPv6 address")]
    [InlineData("127.0.0.1:104", "no IPv6 address")]
    [InlineData("[127.0.0.1]", "no complete IPv4 address")]
    [InlineData("fe80::1%nosuchinterface", "a scope")]
    [InlineData("fe80::dead:beef", "needs its interface")]
    [InlineData("ff02::1", "several machines")]
    [InlineData("224.0.0.1", "several machines")]
    [InlineData("::ffff:255.255.255.255", "several machines")]
    [InlineData("0.0.0.0", "several machines")]
    [InlineData("::", "several machines")]
    [InlineData("*", "no address and no name")]
    [InlineData("a b", "no address and no name")]
    public async Task Doctor_HostThatTheLibraryDoesNotTake_IsTakenByTheDoctorNeither(string host, string reason)
    {
        var echo = await ToolRun.RunAsync(_clock, "echo", host, "104");
        var run = await ToolRun.RunAsync(_clock, "doctor", host, "104", "--json");

        AssertFails(run, "name", ExitCode.BadUse, "the port is an argument of its own");
        Assert.Contains(reason, Text(run.JsonOf("step").Single(), "what"), StringComparison.Ordinal);
        Assert.Equal(echo.Code, run.Code);
    }

    [Theory]
    [InlineData("::1", "::1 is an address.")]
    [InlineData("[::1]", "[::1] is ::1.")]
    public async Task Doctor_IPv6_GoesThroughAllSteps(string host, string named)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var peer = ToolPeer.With(_ => { }, new() { Tls = new() { Certificate = TlsTestAuthority.Server } }, "::1");
        var port = peer.HostPort.ToString(CultureInfo.InvariantCulture);

        var run = await ToolRun.RunAsync(_clock, "doctor", host, port, "--tls", "--ca", await AuthorityAsync(), "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(["name", "connect", "tls", "associate", "echo"], Steps(run));
        Assert.Equal(named, Text(run.JsonOf("step").First(), "what"));
        Assert.StartsWith($"[::1]:{port} takes connections", Text(run.JsonOf("step").ElementAt(1), "what"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_FamilyThatThePeerHasNot_FailsAtTheName()
    {
        var run = await ToolRun.RunAsync(_clock, "doctor", "127.0.0.1", "104", "--ip", "6", "--json");

        AssertFails(run, "name", ExitCode.NoConnection, "Leave out --ip");
    }

    [Fact]
    public async Task Doctor_NobodyListens_FailsAtTheConnection()
    {
        using var port = new ClosedPort();

        var run = await ToolRun.RunAsync(_clock, "doctor", "127.0.0.1", port.Text, "--json");

        AssertFails(run, "connect", ExitCode.NoConnection, "Start the peer's DICOM service");
    }

    [Fact]
    public async Task Doctor_TlsAndATrustedPeer_TellsTheLink()
    {
        using var peer = SecurePeer();

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--tls", "--ca", await AuthorityAsync(), "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(["name", "connect", "tls", "associate", "echo"], Steps(run));
        Assert.Contains("CN=server", Text(run.JsonOf("step").ElementAt(2), "what"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_TlsAndAStranger_FailsAtTls()
    {
        using var peer = SecurePeer();

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--tls", "--json"));

        AssertFails(run, "tls", ExitCode.NoSecureLink, "--ca");
    }

    [Fact]
    public async Task Doctor_TlsAndAPeerThatWantsACertificate_SaysToGiveOne()
    {
        using var peer = ToolPeer.With(_ => { }, new()
        {
            Tls = new()
            {
                Certificate = TlsTestAuthority.Server,
                ClientCertificateMode = DicomTlsClientCertificateMode.Required,
            },
        });

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--tls", "--ca", await AuthorityAsync(), "--json"));

        // The client is done before the server has judged (RFC 8446 §2): either step may be the one.
        Assert.Contains("--cert", Text(run.JsonOf("step").Last(), "advice"), StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Ok, run.Code);
    }

    [Fact]
    public async Task Doctor_TlsAndAPeerWithout_SaysToLeaveItOut()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--tls", "--json"));

        AssertFails(run, "tls", ExitCode.NoSecureLink, "leave out --tls");
    }

    [Fact]
    public async Task Doctor_NoTlsAndAPeerWith_SaysToAddIt()
    {
        using var peer = SecurePeer();

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        AssertFails(run, "associate", null, "add --tls");
    }

    [Theory]
    [InlineData(1, 1, 7, "--called")]
    [InlineData(1, 1, 3, "--calling")]
    [InlineData(2, 3, 1, "try again later")]
    [InlineData(2, 3, 2, "try again later")]
    [InlineData(1, 2, 2, "no DICOM peer")]
    [InlineData(1, 1, 1, "gives no reason")]
    public async Task Doctor_PeerThatRejects_SaysWhatToDo(int result, int source, int reason, string advice)
    {
        using var peer = ToolPeer.Rejecting(
            (DicomAssociateRejectResultType)result, (DicomAssociateRejectSourceType)source, (DicomAssociateRejectReasonType)reason);

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        AssertFails(run, "associate", ExitCode.Rejected, advice);
    }

    [Fact]
    public async Task Doctor_PeerThatHangsUp_FailsAtTheAssociation()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hangingUp = HangUpAsync(listener);

        var run = await ToolRun.RunAsync(
            _clock, "doctor", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture), "--json");
        listener.Stop();
        await hangingUp;

        AssertFails(run, "associate", ExitCode.Aborted, "another service's port");
    }

    [Fact]
    public async Task Doctor_PeerWithoutVerification_FailsAtTheEcho()
    {
        using var peer = ToolPeer.AcceptingNothing();

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        AssertFails(run, "echo", ExitCode.NotAccepted, "PS3.4");
    }

    [Fact]
    public async Task Doctor_EchoThatFails_FailsAtTheEcho()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCEcho((_, _) => new(DicomCommandStatusType.ProcessingFailure)));

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        AssertFails(run, "echo", ExitCode.PeerFailure, "log");
    }

    [Fact]
    public async Task Doctor_EchoThatIsAborted_FailsAtTheEcho()
    {
        using var peer = ToolPeer.With(_ => { });
        peer.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            e.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown);
        };

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        Assert.Equal(["name", "connect", "associate", "echo"], Steps(run));
        AssertFails(run, "echo", ExitCode.Aborted, "accepts Verification and ends the association");
    }

    [Fact]
    public async Task Doctor_ReleaseThatIsAborted_IsDoubtful()
    {
        using var peer = ToolPeer.With(_ => { });
        peer.ReleaseRequestReceived += (_, e) =>
        {
            e.Handled = true;
            e.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown);
        };

        var run = await ToolRun.RunAsync(_clock, peer.Call("doctor", "--json"));

        AssertReleaseIsDoubtful(run);
    }

    [Fact]
    public async Task Doctor_BeforeAPerson_HasAdviceBelowTheStep()
    {
        using var port = new ClosedPort();

        var run = await ToolRun.RunAtTerminalAsync(200, "doctor", "127.0.0.1", port.Text);

        Assert.Contains("connect", run.Out, StringComparison.Ordinal);
        Assert.Contains("Start the peer's DICOM service", run.Out, StringComparison.Ordinal);
    }

    private async Task<string> AuthorityAsync()
    {
        var authority = _folder.File("ca.pem");
        await File.WriteAllTextAsync(
            authority, TlsTestAuthority.Trusted.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        return authority;
    }

    private static DicomNet SecurePeer() => ToolPeer.With(_ => { }, new()
    {
        Tls = new() { Certificate = TlsTestAuthority.Server },
    });

    private static async Task HangUpAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync();
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
            // Stopped, while it waited or before.
        }
    }
}
