using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>Close, Dispose, CloseForced, SendAbort and Send… in the midst of the handshake and at its end: no dead-lock, one OnClose.</summary>
public sealed class DicomNetTlsReentrancyTests
{
    private static readonly Dictionary<string, Action<DicomNet>> Deeds = new()
    {
        ["Close"] = net => net.Close(),
        ["Dispose"] = net => net.Dispose(),
        ["CloseForced"] = net => net.CloseForced(true),
        ["SendAbort"] = net => net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown),
        ["SendCEchoRequest"] = net => net.SendCEchoRequest(1, 77, DicomUids.Verification),
        ["SendAssociateRequest"] = net => net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)),
        ["DisposeOfTheListener"] = net => net.Server?.Dispose(),
        ["Throw"] = _ => throw new InvalidOperationException("The test's."),
    };

    public static TheoryData<string, bool> Cases()
    {
        var cases = new TheoryData<string, bool>();
        foreach (var deed in Deeds.Keys)
        {
            cases.Add(deed, false);
            cases.Add(deed, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OnSecureLinkReady_DoesAnything_EndsWithOneOnClose(string deed, bool ofTheServer)
    {
        using var meeting = new TlsMeeting();
        var reached = 0;
        (ofTheServer ? meeting.Listener : meeting.Scu.Net).SecureLinkReady += (sender, _) =>
        {
            reached++;
            Deeds[deed]((DicomNet)sender!);
        };

        await EndsAsync(meeting, () => reached > 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OnVerify_DoesAnything_EndsWithOneOnClose(string deed, bool byTen)
    {
        using var meeting = new TlsMeeting();
        var reached = 0;
        meeting.Scu.Net.Verifying += (sender, _) =>
        {
            if (Interlocked.Increment(ref reached) > 1)
            {
                return;
            }

            var net = (DicomNet)sender!;
            if (byTen)
            {
                Assert.True(Task.WaitAll([.. Enumerable.Range(0, 10).Select(_ => Task.Run(() => Attempt(deed, net)))], Timeouts.Default));
            }
            else
            {
                Deeds[deed](net);
            }
        };

        await EndsAsync(meeting, () => reached > 0);
    }

    private static void Attempt(string deed, DicomNet net)
    {
        try
        {
            Deeds[deed](net);
        }
        catch (InvalidOperationException)
        {
            // The test's.
        }
    }

    private static async Task EndsAsync(TlsMeeting meeting, Func<bool> isReached)
    {
        int closed = 0, told = 0;
        meeting.Scu.Net.Closed += (_, _) => Interlocked.Increment(ref closed);
        meeting.Listener.Closed += (_, _) => Interlocked.Increment(ref told);

        meeting.Scu.Net.Connect(null, 0, "127.0.0.1", meeting.Listener.HostPort).ThrowIfFailed();
        await Eventually.True(isReached);
        meeting.Scu.Net.Close();

        await Eventually.True(() => closed > 0 && told > 0 && !meeting.Scu.Net.IsConnected() && meeting.Listener.GetClientCount() == 0);
        Assert.Equal((1, 1), (closed, told));
    }
}
