using static Dicom.Net.DicomRoleSupport;

namespace Dicom.Net.Tests.Negotiation;

/// <summary>The answer that follows from a request and from what is supported.</summary>
public sealed class DicomSupportedServicesTests
{
    private const string Storage = DicomUids.CTImageStorage;

    [Theory]
    [InlineData("1.1,1.2", "1.2,1.1", "1.2")] // The acceptor's preference decides.
    [InlineData("1.1,1.2", "1.1,1.2", "1.1")]
    [InlineData("1.1,1.2", "", "1.1")] // Where it has none, the requestor's.
    [InlineData("1.1,1.2", "1.3,1.2", "1.2")]
    [InlineData("1.1,1.2", "1.3", null)]
    public void CreateAccept_TransferSyntaxes_AreInTheAcceptorsOrder(string proposed, string supported, string? chosen)
    {
        var request = new DicomAssociate(request: true);
        var id = request.Propose(Storage, proposed.Split(','));

        var answer = request.CreateAccept(new DicomSupportedServices(new DicomSupportedService(Storage, supported.Split(',', StringSplitOptions.RemoveEmptyEntries))));

        Assert.Equal(
            chosen is null ? DicomAssociateAcceptResultType.TransferSyntax : DicomAssociateAcceptResultType.Success, answer.GetResult(id));
        Assert.Equal(chosen, answer.GetTransferCount(id) == 0 ? null : answer.GetTransfer(id, 0));
    }

    [Fact]
    public void CreateAccept_TwoServicesForAnAbstractSyntax_TheFirstCounts()
    {
        var request = new DicomAssociate(request: true);
        var storage = request.Propose(Storage, "1.1", "1.2");
        var other = request.Propose(DicomUids.Verification, "1.1", "1.2");
        var unknown = request.Propose("1.2.3");

        var answer = request.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(Storage, "1.2"),
            new DicomSupportedService([Storage, DicomUids.Verification], "1.1"),
            new DicomSupportedService(uid => uid == Storage)));

        Assert.Equal(("1.2", "1.1"), (answer.GetTransfer(storage, 0), answer.GetTransfer(other, 0)));
        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, answer.GetResult(unknown));
    }

    // Proposed user, provider; supported user, provider; then the result, and what is answered. "--": no role selection.
    [Theory]
    [InlineData("--", "10", true, "--")]
    [InlineData("--", "11", true, "--")]
    [InlineData("--", "01", false, "--")] // By default the requestor is user.
    [InlineData("--", "00", false, "--")]
    [InlineData("10", "10", true, "10")]
    [InlineData("10", "11", true, "10")]
    [InlineData("10", "01", false, "--")]
    [InlineData("01", "10", true, "--")] // Not answered, so the default roles hold.
    [InlineData("01", "01", true, "01")]
    [InlineData("01", "11", true, "01")]
    [InlineData("11", "10", true, "10")]
    [InlineData("11", "01", true, "01")]
    [InlineData("11", "11", true, "11")]
    [InlineData("11", "00", false, "--")]
    public void CreateAccept_Point29Roles_AreGrantedWhereProposedAndSupported(string proposed, string supported, bool isAccepted, string granted)
    {
        var request = new DicomAssociate(request: true);
        var id = request.Propose(Storage);
        if (proposed != "--")
        {
            request.SetRoleSelect(id, true, Role(proposed[0]), Role(proposed[1]));
        }

        var answer = request.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(Storage) { UserRole = Role(supported[0]), ProviderRole = Role(supported[1]) }));

        Assert.Equal(
            isAccepted ? DicomAssociateAcceptResultType.Success : DicomAssociateAcceptResultType.UserReject, answer.GetResult(id));
        Assert.Equal(granted != "--", answer.IsRoleSelect(id));
        if (granted != "--")
        {
            Assert.Equal((Role(granted[0]), Role(granted[1])), (answer.GetUserRole(id), answer.GetProviderRole(id)));
        }
    }

    // Offered invoked, performed; supported; answered. -1: nothing offered.
    [Theory]
    [InlineData(-1, -1, 32, 32, 1, 1)]
    [InlineData(5, 6, 32, 32, 5, 6)]
    [InlineData(5, 6, 3, 1, 3, 1)]
    [InlineData(0, 0, 32, 7, 32, 7)] // Without limit is answered with a number.
    [InlineData(65535, 65535, 8, 8, 8, 8)]
    [InlineData(1, 1, 8, 8, 1, 1)]
    public void CreateAccept_Point28Window_IsTheLesserAndNeverUnlimited(
        int invoked, int performed, int mostInvoked, int mostPerformed, int answeredInvoked, int answeredPerformed)
    {
        var request = new DicomAssociate(request: true);
        if (invoked >= 0)
        {
            request.SetAsynchronousOperations(true, invoked, performed);
        }

        var answer = request.CreateAccept(new DicomSupportedServices() { InvokedOperationsCount = mostInvoked, PerformedOperationsCount = mostPerformed });

        Assert.Equal(invoked >= 0, answer.IsAsynchronousOperations);
        Assert.Equal((answeredInvoked, answeredPerformed), (answer.InvokedOperationsCount, answer.PerformedOperationsCount));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void OperationsCounts_OutOfRange_AreTheCallersMistake(int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DicomSupportedServices { InvokedOperationsCount = count });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DicomSupportedServices { PerformedOperationsCount = count });
    }

    [Fact]
    public void CreateAccept_ExtendedNegotiation_IsAnsweredOnlyWhereProposedAndKnown()
    {
        var request = new DicomAssociate(request: true);
        var find = request.Propose("1.2.1");
        var move = request.Propose("1.2.2");
        var get = request.Propose("1.2.3");
        request.SetExtendedData(find, [1, 1]);
        request.SetExtendedData(get, [1]);

        var answer = request.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(["1.2.1", "1.2.2"]) { ExtendedNegotiation = (uid, proposed) => [proposed[0], (byte)uid.Length] },
            new DicomSupportedService("1.2.3") { ExtendedNegotiation = (_, _) => null }));

        Assert.Equal([1, 5], answer.GetExtendedData(find)!);
        Assert.Null(answer.GetExtendedData(move));
        Assert.Null(answer.GetExtendedData(get));
    }

    [Fact]
    public void CreateAccept_CommonExtendedNegotiation_TakesASpecialisedSopClassWhereThatIsWanted()
    {
        var request = new DicomAssociate(request: true);
        var id = request.Propose("1.2.3.4");
        request.SetCommonExtended(id, "1.2.840.10008.4.2", "1.9", Storage);

        var strict = request.CreateAccept(new DicomSupportedServices(new DicomSupportedService(Storage)));
        var lenient = request.CreateAccept(new DicomSupportedServices(new DicomSupportedService(Storage) { IncludesSpecialized = true }));

        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, strict.GetResult(id));
        Assert.Equal(DicomAssociateAcceptResultType.Success, lenient.GetResult(id));
        Assert.Null(lenient.GetServiceClass(id)); // PS3.7 §D.3.3.6: never answered.
    }

    [Fact]
    public void CreateAccept_Point30Identity_IsAnsweredWhereAResponseIsRequestedAndItHolds()
    {
        DicomSupportedServices services = new() { VerifyUserIdentity = identity => identity.Passcode == "right" ? [] : null };

        Assert.Equal([], Answer(DicomUserIdentity.FromUsernameAndPasscode("bob", "right", positiveResponseRequested: true))!);
        Assert.Null(Answer(DicomUserIdentity.FromUsernameAndPasscode("bob", "right")));
        Assert.Null(Answer(DicomUserIdentity.FromUsernameAndPasscode("bob", "wrong", positiveResponseRequested: true)));
        Assert.Null(Answer(null));
        Assert.Null(new DicomAssociate(request: true)
        {
            UserIdentity = DicomUserIdentity.FromUsername("bob", positiveResponseRequested: true),
        }.CreateAcceptAll().UserIdentityResponse);

        byte[]? Answer(DicomUserIdentity? identity) =>
            new DicomAssociate(request: true) { UserIdentity = identity }.CreateAccept(services).UserIdentityResponse;
    }

    [Fact]
    public void CreateAccept_MaxLength_IsTheOneStated()
    {
        var request = new DicomAssociate(request: true);

        Assert.Equal(16384u, request.CreateAccept(new DicomSupportedServices { MaxLength = 16384 }).MaxLength);
        Assert.Equal(request.MaxLength, request.CreateAcceptAll().MaxLength);
    }

    private static DicomRoleSupport Role(char flag) => flag == '1' ? Supported : Unsupported;
}
