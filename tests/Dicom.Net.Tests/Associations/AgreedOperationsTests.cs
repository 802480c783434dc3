using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;
using static Dicom.Net.Dimse.CommandField;

namespace Dicom.Net.Tests.Associations;

public sealed class AgreedOperationsTests
{
    private const string SopClass = DicomUids.CTImageStorage;

    public static TheoryData<ushort> InvokedByScu => new(new[]
    {
        CStoreRq, CGetRq, CFindRq, CMoveRq, CEchoRq, CCancelRq, NGetRq, NSetRq, NActionRq, NCreateRq, NDeleteRq,
    }.Select(operation => (ushort)operation));

    [Theory]
    [MemberData(nameof(InvokedByScu))]
    public void MayInvoke_NoRoleSelection_RequestorOperatesAndAcceptorNotifies(ushort operation)
    {
        var (requestor, acceptor) = Agree(null, null);

        Assert.True(requestor.MayInvoke(1, (CommandField)operation));
        Assert.False(requestor.MayInvoke(1, NEventReportRq));
        Assert.False(acceptor.MayInvoke(1, (CommandField)operation));
        Assert.True(acceptor.MayInvoke(1, NEventReportRq));
    }

    // Proposed SCU, SCP; granted SCU, SCP; then the requestor is SCU, SCP (PS3.7 §D.3.3.4). "--": no item.
    [Theory]
    [InlineData("--", "--", "10")]
    [InlineData("--", "11", "10")] // An answer to no proposal is ignored.
    [InlineData("--", "01", "10")]
    [InlineData("10", "--", "10")]
    [InlineData("01", "--", "10")] // Not answered: the default roles.
    [InlineData("11", "--", "10")]
    [InlineData("10", "10", "10")]
    [InlineData("10", "11", "10")] // SCP was not proposed.
    [InlineData("10", "01", "00")]
    [InlineData("10", "00", "00")]
    [InlineData("01", "01", "01")]
    [InlineData("01", "11", "01")] // SCU was not proposed.
    [InlineData("01", "10", "00")]
    [InlineData("01", "00", "00")]
    [InlineData("11", "11", "11")]
    [InlineData("11", "10", "10")]
    [InlineData("11", "01", "01")]
    [InlineData("11", "00", "00")]
    [InlineData("00", "11", "00")]
    [InlineData("00", "--", "10")]
    public void MayInvoke_Point29RoleSelection_OnlyWhatIsBothProposedAndGranted(string proposed, string granted, string roles)
    {
        var (requestor, acceptor) = Agree(proposed, granted);
        var (isScu, isScp) = (roles[0] == '1', roles[1] == '1');

        Assert.Equal((isScu, isScp), (requestor.MayInvoke(1, CStoreRq), requestor.MayInvoke(1, NEventReportRq)));
        Assert.Equal((isScp, isScu), (acceptor.MayInvoke(1, CStoreRq), acceptor.MayInvoke(1, NEventReportRq)));
    }

    [Theory]
    [InlineData("--", "--")]
    [InlineData("11", "01")]
    [InlineData("11", "00")]
    [InlineData("01", "01")]
    public void PeerMayInvoke_Always_IsWhatThePeerItselfMay(string proposed, string granted)
    {
        var (requestor, acceptor) = Agree(proposed, granted);

        Assert.All(Enum.GetValues<CommandField>(), field =>
        {
            Assert.Equal(acceptor.MayInvoke(1, field), requestor.PeerMayInvoke(1, field));
            Assert.Equal(requestor.MayInvoke(1, field), acceptor.PeerMayInvoke(1, field));
        });
    }

    [Fact]
    public void MayInvoke_ContextNotAcceptedOrNeverProposed_IsFalse()
    {
        var request = Request(new()) with { PresentationContexts = [new(1, SopClass, ["1.2"]), new(3, SopClass, ["1.2"])] };
        var answer = AAssociateAc.InAnswerTo(request) with
        {
            PresentationContexts =
            [
                new(1, PresentationContextResult.UserRejection, null),
                new(3, PresentationContextResult.Acceptance, "1.2"),
                new(5, PresentationContextResult.Acceptance, "1.2"),
            ],
        };

        var agreed = AgreedOperations.From(request, answer, AssociationRole.Requestor);

        Assert.All(
            Enumerable.Range(0, 256).Where(id => id != 3),
            id => Assert.False(agreed.MayInvoke((byte)id, CStoreRq) || agreed.PeerMayInvoke((byte)id, NEventReportRq)));
        Assert.True(agreed.MayInvoke(3, CStoreRq) && agreed.PeerMayInvoke(3, NEventReportRq));
    }

    [Fact]
    public void MayInvoke_RolesOfSeveralSopClasses_HoldForTheContextsOfEach()
    {
        var proposed = new UserInformation { RoleSelections = [new("1.2.3", true, true), new(SopClass, false, true), new("1.2.3", true, false)] };
        var request = Request(proposed) with
        {
            PresentationContexts =
            [
                new(1, DicomUids.Verification, ["1.2"]), new(3, SopClass, ["1.2"]), new(5, "1.2.3", ["1.2"]), new(255, SopClass, ["1.2"]),
            ],
        };

        var agreed = AgreedOperations.From(
            request, Answer(request, new() { RoleSelections = proposed.RoleSelections }), AssociationRole.Acceptor);

        Assert.Equal(
            [false, true, true, true], new byte[] { 1, 3, 5, 255 }.Select(id => agreed.MayInvoke(id, CStoreRq)));
        Assert.Equal(
            [true, false, true, false], new byte[] { 1, 3, 5, 255 }.Select(id => agreed.PeerMayInvoke(id, CStoreRq)));
    }

    // Offered invoked, performed; answered; then the requestor's and the acceptor's limit (PS3.7 §D.3.3.3). -1: no item; 0: no limit.
    [Theory]
    [InlineData(-1, -1, -1, -1, 1, 1)]
    [InlineData(5, 6, -1, -1, 1, 1)]
    [InlineData(-1, -1, 5, 6, 1, 1)] // An answer to no offer is ignored.
    [InlineData(5, 6, 5, 6, 5, 6)]
    [InlineData(5, 6, 3, 1, 3, 1)]
    [InlineData(5, 6, 7, 8, 5, 6)] // More than was offered is not taken.
    [InlineData(5, 6, 0, 0, 5, 6)]
    [InlineData(0, 0, 4, 65535, 4, 65535)]
    [InlineData(0, 0, 0, 0, int.MaxValue, int.MaxValue)]
    [InlineData(0, 1, 0, 1, int.MaxValue, 1)]
    public void MostInvoked_Point28Window_IsTheLesserAndOneByDefault(
        int invoked, int performed, int answeredInvoked, int answeredPerformed, int byRequestor, int byAcceptor)
    {
        var request = Request(new() { AsynchronousOperationsWindow = Window(invoked, performed) });
        var answer = Answer(request, new() { AsynchronousOperationsWindow = Window(answeredInvoked, answeredPerformed) });

        var requestor = AgreedOperations.From(request, answer, AssociationRole.Requestor);
        var acceptor = AgreedOperations.From(request, answer, AssociationRole.Acceptor);

        Assert.Equal((byRequestor, byAcceptor), (requestor.MostInvoked, requestor.MostInvokedByPeer));
        Assert.Equal((byAcceptor, byRequestor), (acceptor.MostInvoked, acceptor.MostInvokedByPeer));
    }

    private static AsynchronousOperationsWindow? Window(int invoked, int performed) =>
        invoked < 0 ? null : new((ushort)invoked, (ushort)performed);

    private static (AgreedOperations Requestor, AgreedOperations Acceptor) Agree(string? proposed, string? granted)
    {
        var request = Request(new() { RoleSelections = Roles(proposed) });
        var answer = Answer(request, new() { RoleSelections = Roles(granted) });
        return (
            AgreedOperations.From(request, answer, AssociationRole.Requestor),
            AgreedOperations.From(request, answer, AssociationRole.Acceptor));
    }

    private static RoleSelection[] Roles(string? roles) =>
        roles is null or "--" ? [] : [new(SopClass, roles[0] == '1', roles[1] == '1')];

    private static AAssociateRq Request(UserInformation information) => new()
    {
        CalledAETitle = "SCP",
        CallingAETitle = "SCU",
        PresentationContexts = [new(1, SopClass, [DicomUids.ImplicitVRLittleEndian])],
        UserInformation = information,
    };

    private static AAssociateAc Answer(AAssociateRq request, UserInformation information) => AAssociateAc.InAnswerTo(request) with
    {
        PresentationContexts =
        [
            .. request.PresentationContexts.Select(
                context => new PresentationContextAc(context.Id, PresentationContextResult.Acceptance, context.TransferSyntaxes[0])),
        ],
        UserInformation = information,
    };
}
