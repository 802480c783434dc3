using System.Text;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>Who may have an association is for the application's rule to say, before the application is asked for one.</summary>
public sealed class DicomNetUserAdmissionTests
{
    private const string Secret = "open-sesame";

    private readonly RecordingLogger _log = new();
    private int _asked;

    [Fact]
    public async Task User_Refused_IsRejectedPermanentlyByTheProviderAndTheApplicationIsNotAsked()
    {
        using var listener = Listening(_ => new(DicomUserVerdict.Refused));
        using var scu = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, Request(DicomUserIdentity.FromUsernameAndPasscode("eve", Secret)));

        // PS3.7 §D.3.3.7.3.
        Assert.Equal((1, 2, 1), ((int)reject.Result, (int)reject.Source, (int)reject.Reason));
        Assert.Equal(0, _asked);
        AssertNoSecretTold();
        await Eventually.True(() => listener.Door.Connections.Associations == 0);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task User_Verified_ComesInAndIsToldSoIfItWantsToKnow(bool isWanted, bool isTold)
    {
        using var listener = Listening(question => new(
            question.Identity is { Username: "bob", Passcode: Secret } ? DicomUserVerdict.Verified : DicomUserVerdict.Refused));
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(
            listener.HostPort, Request(DicomUserIdentity.FromUsernameAndPasscode("bob", Secret, isWanted)));

        Assert.Equal(isTold, answer.UserIdentityResponse is not null);
        Assert.Empty(answer.UserIdentityResponse ?? []);
        Assert.Equal((1, DicomCommandStatusType.Success), (_asked, await scu.EchoAsync()));
        AssertNoSecretTold();
    }

    [Fact]
    public async Task User_VerifiedWithATicket_GetsIt()
    {
        using var listener = Listening(_ => new(DicomUserVerdict.VerifiedWith(new byte[] { 1, 2, 3 })));
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(listener.HostPort, Request(DicomUserIdentity.FromKerberos(new byte[] { 9 }, true)));

        Assert.Equal([1, 2, 3], answer.UserIdentityResponse!);
    }

    [Fact]
    public async Task User_Unverified_ComesInAndIsToldNothing()
    {
        using var listener = Listening(_ => new(DicomUserVerdict.Unverified));
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(listener.HostPort, Request(DicomUserIdentity.FromUsername("anybody", true)));

        Assert.Null(answer.UserIdentityResponse);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_NotNamed_IsForTheRuleToo(bool comesIn)
    {
        using var listener = Listening(question =>
        {
            Assert.Null(question.Identity);
            Assert.Equal("SCU", question.Request.Calling);
            return new(comesIn ? DicomUserVerdict.Verified : DicomUserVerdict.Refused);
        });
        await using var raw = await RawScu.ConnectedAsync(listener.HostPort);

        await raw.Peer.SendAsync(WireBytes.Of(WireBytes.Request() with { CallingAETitle = "SCU" }));

        await raw.Peer.ExpectAsync(comesIn ? nameof(PduType.AAssociateAc) : $"{nameof(PduType.AAssociateRj)} 1/2/1");
    }

    [Fact]
    public async Task Rule_Throws_RejectsTransientlyAndKeepsTheSecret()
    {
        using var listener = Listening(question => throw new FormatException($"The string '{question.Identity!.Passcode}' is no number."));
        using var scu = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, Request(DicomUserIdentity.FromUsernameAndPasscode("bob", Secret)));

        Assert.Equal((2, 1, 1), ((int)reject.Result, (int)reject.Source, (int)reject.Reason));
        Assert.Equal((0, 1), (_asked, _log.Count(3104)));
        AssertNoSecretTold();
    }

    [Fact]
    public async Task Rule_ThinksItOver_HoldsUpNobodyElse()
    {
        var verdict = new TaskCompletionSource<DicomUserVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = Listening(question =>
            question.Identity is null ? new(DicomUserVerdict.Unverified) : new ValueTask<DicomUserVerdict>(verdict.Task));
        using var slow = new TestScu();
        var slowly = slow.AssociateAsync(listener.HostPort, Request(DicomUserIdentity.FromUsername("bob")));

        using var other = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await other.EchoAsync());
        Assert.False(slowly.IsCompleted);

        verdict.SetResult(DicomUserVerdict.Verified);
        await slowly.WithTimeout();
        Assert.Equal(DicomCommandStatusType.Success, await slow.EchoAsync());
    }

    [Fact]
    public async Task Rule_PeerLeavesMeanwhile_IsToldAndItsPlaceComesBack()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = Listening(async question =>
        {
            await using var watch = question.Cancelled.Register(() => cancelled.TrySetResult());
            await cancelled.Task;
            return DicomUserVerdict.Verified;
        });
        await using var raw = await RawScu.ConnectedAsync(listener.HostPort);
        await raw.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        await Eventually.True(() => listener.Door.Connections.Associations == 1);

        raw.Peer.Reset();

        await cancelled.Task.WithTimeout();
        await Eventually.True(() => listener.GetClientCount() == 0 && listener.Door.Connections.Associations == 0);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Rule_RequestThatTitlesRuleOut_IsNotAsked()
    {
        var asked = 0;
        using var listener = Listening(
            _ =>
            {
                asked++;
                return new(DicomUserVerdict.Verified);
            },
            new() { CalledTitles = ["ARCHIVE"] });
        using var scu = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, Request(DicomUserIdentity.FromUsername("bob")));

        Assert.Equal((DicomAssociateRejectReasonType.Called, 0), (reject.Reason, asked));
    }

    [Fact]
    public void VerifiedWith_MoreThanFits_IsAnError() =>
        Assert.Throws<ArgumentException>(() => DicomUserVerdict.VerifiedWith(new byte[65534]));

    private static DicomAssociate Request(DicomUserIdentity identity)
    {
        var request = TestScu.Request(DicomUids.Verification);
        request.UserIdentity = identity;
        return request;
    }

    private DicomNet Listening(Func<DicomUserQuestion, ValueTask<DicomUserVerdict>> rule, DicomAdmission? besides = null)
    {
        var listener = new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions
        {
            Admission = (besides ?? new()) with { AdmitUser = rule },
            LoggerFactory = new SingleLoggerFactory(_log),
        });
        listener.AssociateRequestReceived += (_, e) =>
        {
            Interlocked.Increment(ref _asked);
            e.Accept(e.Association.CreateAcceptAll());
        };
        return TestScp.Listening(listener);
    }

    private void AssertNoSecretTold() => Assert.DoesNotContain(
        _log.Entries, entry => entry.Message.Contains(Secret, StringComparison.Ordinal)
            || entry.Exception?.ToString().Contains(Secret, StringComparison.Ordinal) is true
            || entry.Message.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)), StringComparison.OrdinalIgnoreCase));
}
