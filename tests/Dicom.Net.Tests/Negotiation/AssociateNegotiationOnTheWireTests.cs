using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using static Dicom.Net.DicomRoleSupport;

namespace Dicom.Net.Tests.Negotiation;

/// <summary>Roles, window, extended negotiation, user identity: from one side to the other, and what an answer may not say.</summary>
public sealed class AssociateNegotiationOnTheWireTests : IDisposable
{
    private const byte Id = 1;
    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);
    private readonly TaskCompletionSource<DicomAssociate> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DicomNetResult _accepted;
    private Func<DicomAssociate, DicomAssociate> _answer = request => request.CreateAcceptAll();

    public AssociateNegotiationOnTheWireTests()
    {
        _listener.AssociateRequestReceived += (_, e) =>
        {
            _asked.TrySetResult(e.Association);
            _accepted = e.Accept(_answer(e.Association));
            if (!_accepted.IsSuccess)
            {
                e.Accept(e.Association.CreateAcceptAll()).ThrowIfFailed();
            }
        };
        TestScp.Listening(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Request_EverythingNegotiated_ArrivesAtTheAcceptorAndComesBack()
    {
        _answer = request => request.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(DicomUids.Verification) { ProviderRole = Supported, ExtendedNegotiation = (_, data) => [.. data, 2] })
        {
            InvokedOperationsCount = 4,
            PerformedOperationsCount = 2,
            VerifyUserIdentity = identity => identity.Username == "bob" ? [7] : null,
        });
        var request = TestScu.Request(DicomUids.Verification);
        request.SetRoleSelect(Id, true, Supported, Supported);
        request.SetExtendedData(Id, [1]);
        request.SetCommonExtended(Id, "1.2.840.10008.4.2", "1.2.3");
        request.SetAsynchronousOperations(true, 0, 3);
        request.UserIdentity = DicomUserIdentity.FromUsernameAndPasscode("bob", "secret", positiveResponseRequested: true);
        request.AddUserInformation(0xA0, [3, 4]);
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(_listener.HostPort, request);

        var asked = await _asked.Task.WithTimeout();
        Assert.Equal((true, Supported, Supported), (asked.IsRoleSelect(Id), asked.GetUserRole(Id), asked.GetProviderRole(Id)));
        Assert.Equal([1], asked.GetExtendedData(Id)!);
        Assert.Equal(("1.2.840.10008.4.2", "1.2.3"), (asked.GetServiceClass(Id), Assert.Single(asked.GetRelatedGeneralClasses(Id))));
        Assert.Equal((0, 3), (asked.InvokedOperationsCount, asked.PerformedOperationsCount));
        Assert.Equal(("bob", "secret"), (asked.UserIdentity!.Username, asked.UserIdentity.Passcode));
        Assert.Equal((0xA0, 2), (asked.GetUserInformationType(0), asked.GetUserInformationDataLength(0)));

        Assert.Equal((true, Supported, Supported), (answer.IsRoleSelect(Id), answer.GetUserRole(Id), answer.GetProviderRole(Id)));
        Assert.Equal([1, 2], answer.GetExtendedData(Id)!);
        Assert.Equal((4, 2), (answer.InvokedOperationsCount, answer.PerformedOperationsCount));
        Assert.Equal([7], answer.UserIdentityResponse!);
        Assert.Null(answer.UserIdentity);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    public static TheoryData<string, Action<DicomAssociate>> Mistakes => new()
    {
        { "D.3.3.4", answer => answer.SetRoleSelect(Id, true, Supported, Supported) },
        { "D.3.3.3", answer => answer.SetAsynchronousOperations(true, 1, 1) },
        { "D.3.3.5", answer => answer.SetExtendedData(Id, [1]) },
        { "D.3.3.7", answer => answer.UserIdentityResponse = [] },
        { "never proposed", answer => answer.AddPresentationContext(77, DicomAssociateAcceptResultType.Success, DicomUids.Verification) },
        { "transfer syntax", answer => answer.SetTransfer(Id, 0, DicomUids.JpegBaseline8Bit) },
        { "UserIdentity", answer => answer.UserIdentity = DicomUserIdentity.FromUsername("bob") },
        { "CommonExtended", answer => answer.SetCommonExtended(Id, "1.2") },
        { "ImplementationClassUid", answer => answer.ImplementClass = "" },
        { "Implementation-version-name", answer => answer.ImplementationVersionName = "SEVENTEEN-LETTERS" },
        { "ApplicationContextName", answer => answer.ApplicationContextName = "DICOM" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task SendAssociateAccept_MoreThanWasProposedOrNotEncodable_IsRefusedAndMayBeSentCorrected(
        string words, Action<DicomAssociate> mistake)
    {
        _answer = request =>
        {
            var answer = request.CreateAcceptAll();
            mistake(answer);
            return answer;
        };
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomExceptionCode.Parameter, _accepted.Code);
        Assert.Contains(words, _accepted.Message, StringComparison.Ordinal);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task SendAssociateAccept_Point28WindowBeyondWhatThisLibraryPerforms_IsLowered()
    {
        _answer = request =>
        {
            var answer = request.CreateAcceptAll();
            answer.SetAsynchronousOperations(true, 0, 1000);
            return answer;
        };
        var request = TestScu.Request(DicomUids.Verification);
        request.SetAsynchronousOperations(true, 0, 0);
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(_listener.HostPort, request);

        Assert.Equal((32, 32), (answer.InvokedOperationsCount, answer.PerformedOperationsCount));
        var known = _listener.GetClient(0)!.Association!;
        Assert.Equal((32, 32), (known.InvokedOperationsCount, known.PerformedOperationsCount));
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public async Task Accept_Point30IdentityOfUnknownTypeOrWithoutAQuestion_IsAcceptedWithoutAResponse(byte type, bool positiveResponseRequested)
    {
        _answer = request => request.CreateAccept(
            new DicomSupportedServices(new DicomSupportedService(_ => true)) { VerifyUserIdentity = _ => [] });

        var accept = await AnswerToAsync(WireBytes.Request() with
        {
            UserInformation = new()
            {
                MaximumLength = 16384,
                ImplementationClassUid = "1.2.3",
                UserIdentity = new((UserIdentityType)type, positiveResponseRequested, "x"u8.ToArray()),
            },
        });

        Assert.Null(accept.UserInformation.UserIdentityResponse);
        Assert.Empty(accept.UserInformation.OtherItems);
        Assert.Equal(type, (int)(await _asked.Task.WithTimeout()).UserIdentity!.Type);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Accept_Point30NameThatHolds_IsAnsweredByAnEmpty59H(byte type)
    {
        _answer = request => request.CreateAccept(
            new DicomSupportedServices(new DicomSupportedService(_ => true)) { VerifyUserIdentity = _ => [] });

        var accept = await AnswerToAsync(WireBytes.Request() with
        {
            UserInformation = new() { ImplementationClassUid = "1.2.3", UserIdentity = new((UserIdentityType)type, true, "x"u8.ToArray()) },
        });

        Assert.Equal(new UserIdentityAc(default), accept.UserInformation.UserIdentityResponse);
    }

    [Fact]
    public async Task Accept_Point25And28And29NothingProposed_NothingIsAnswered()
    {
        _answer = request => request.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(_ => true) { ProviderRole = Supported, ExtendedNegotiation = (_, _) => [1] })
        {
            InvokedOperationsCount = 8,
            VerifyUserIdentity = _ => [],
        });

        var information = (await AnswerToAsync(WireBytes.Request(maximumLength: null))).UserInformation;

        Assert.Equal(information with { AsynchronousOperationsWindow = null, RoleSelections = [], ExtendedNegotiations = [] }, information);
        Assert.Null(information.UserIdentityResponse);
    }

    [Fact]
    public async Task Accept_Point31RequestWithoutImplementationClass_IsAcceptedAndOursIsAnswered()
    {
        var accept = await AnswerToAsync(WireBytes.Request() with { UserInformation = new() { MaximumLength = 16384 } });

        Assert.Equal("", (await _asked.Task.WithTimeout()).ImplementClass);
        Assert.Equal(new DicomAssociate(request: false).ImplementClass, accept.UserInformation.ImplementationClassUid);
    }

    [Fact]
    public async Task Request_Point31NoImplementationClass_IsRefused()
    {
        var request = TestScu.Request(DicomUids.Verification);
        request.ImplementClass = "";
        using var scu = new TestScu();
        await scu.ConnectAsync(_listener.HostPort);

        var result = scu.Net.SendAssociateRequest(request);

        Assert.Equal(DicomExceptionCode.Parameter, result.Code);
        Assert.Contains("ImplementationClassUid", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_ThatCannotBeSent_SaysWhichPart(bool isTooLong)
    {
        var request = TestScu.Request(DicomUids.Verification);
        if (isTooLong)
        {
            while (request.PresentationContextCount < 128)
            {
                request.Propose("1.2", [.. Enumerable.Repeat(new string('1', 64), 200)]);
            }
        }
        else
        {
            request.SetCommonExtended(Id, "no UID");
        }

        using var scu = new TestScu();
        await scu.ConnectAsync(_listener.HostPort);
        var result = scu.Net.SendAssociateRequest(request);

        Assert.Equal(DicomExceptionCode.Parameter, result.Code);
        Assert.Contains(isTooLong ? "A-ASSOCIATE-RQ would be" : "service class UID", result.Message, StringComparison.Ordinal);
    }

    /// <summary>What the listener answers to a raw request.</summary>
    private async Task<AAssociateAc> AnswerToAsync(AAssociateRq request)
    {
        using var socket = await TransportConnector.ConnectAsync(
            null, 0, "127.0.0.1", _listener.HostPort, IpType.IPv4, null, TimeProvider.System, TestContext.Current.CancellationToken);
        await using var connection = new SocketConnection(socket);
        var peer = new ScriptedPeer(connection);
        await peer.SendAsync(WireBytes.Of(request));
        var accept = await peer.ReceiveAsync();
        Assert.Equal(PduType.AAssociateAc, accept.Type);
        await peer.EchoAsync(1);
        return PduReader.ReadAssociateAc(accept.Body, PduLimits.Default);
    }
}
