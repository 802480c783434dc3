using Dicom.Net.Tool.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tool.Tests.Support.DoctorSteps;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>Peers that take what they are asked and say nothing: the time limits end that.</summary>
public sealed class SilentPeerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Echo_PeerKeepsSilentInTheHandshake_EndsWith7()
    {
        await using var peer = new SilentPort(_asked.SetResult);

        var run = await ToolRun.RunOutOfTimeAsync(_clock, _asked.Task, "echo", "127.0.0.1", peer.Number, "--tls");

        Assert.Equal(ExitCode.NoSecureLink, run.Code);
    }

    [Fact]
    public async Task Doctor_PeerKeepsSilentInTheHandshake_FailsAtTls()
    {
        await using var peer = new SilentPort(_asked.SetResult);

        var run = await ToolRun.RunOutOfTimeAsync(_clock, _asked.Task, "doctor", "127.0.0.1", peer.Number, "--tls", "--json");

        AssertFails(run, "tls", ExitCode.NoSecureLink, "says nothing, in TLS or in DICOM");
    }

    [Fact]
    public async Task Doctor_PeerKeepsSilent_FailsAtTheAssociation()
    {
        await using var peer = new SilentPort(_asked.SetResult);

        var run = await ToolRun.RunOutOfTimeAsync(_clock, _asked.Task, "doctor", "127.0.0.1", peer.Number, "--json");

        AssertFails(run, "associate", ExitCode.TimeLimit, "says nothing DICOM");
    }

    [Fact]
    public async Task Echo_PeerKeepsSilent_EndsWith6()
    {
        using var peer = ToolPeer.With(_ => { });
        peer.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            _asked.SetResult();
        };

        var run = await ToolRun.RunOutOfTimeAsync(_clock, _asked.Task, peer.Call("echo", "--timeout", "0.5"));

        Assert.Equal(ExitCode.TimeLimit, run.Code);
        Assert.Contains("00:00:00.5", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_EchoThatIsNotAnswered_FailsAtTheEcho()
    {
        using var peer = ToolPeer.With(_ => { });
        peer.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            _asked.SetResult();
        };

        var run = await ToolRun.RunOutOfTimeAsync(_clock, _asked.Task, peer.Call("doctor", "--json"));

        AssertFails(run, "echo", ExitCode.TimeLimit, "keeps silent");
    }

    [Fact]
    public async Task Doctor_ReleaseThatIsNotAnswered_IsDoubtful()
    {
        using var peer = ToolPeer.With(_ => { });
        peer.ReleaseRequestReceived += (_, e) =>
        {
            e.Handled = true;
            _asked.SetResult();
        };

        var run = await ToolRun.RunOutOfTimeAsync(_clock, _asked.Task, peer.Call("doctor", "--json"));

        AssertReleaseIsDoubtful(run);
    }
}
