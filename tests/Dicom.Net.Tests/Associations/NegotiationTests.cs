using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests.Associations;

/// <summary>The pure functions of negotiation: who is refused, which contexts are taken, what then holds.</summary>
public sealed class NegotiationTests
{
    private static readonly AAssociateRq Request = WireBytes.Request();

    [Theory]
    [InlineData(0x0001, true)]
    [InlineData(0x0003, true)]
    [InlineData(0xFFFF, true)]
    [InlineData(0x0002, false)]
    [InlineData(0x0000, false)]
    public void RefusalOf_Point11ProtocolVersion_OnlyBit0IsTested(int version, bool isTaken) => Assert.Equal(
        isTaken ? null : AAssociateRj.ProtocolVersionNotSupported,
        AssociateRequestCheck.RefusalOf(Request with { ProtocolVersion = (ushort)version }));

    [Fact]
    public void Answer_TransferSyntaxThatIsNoUid_IsPassedOver()
    {
        var garbled = new PresentationContextRq(1, "1.2.840.10008.1.1", ["", "hello\n"]);
        Assert.Equal(
            new PresentationContextAc(1, PresentationContextResult.TransferSyntaxesNotSupported, null),
            ContextNegotiation.Answer(garbled, true, []));
        Assert.Equal(
            new PresentationContextAc(3, PresentationContextResult.Acceptance, "1.2.840.10008.1.2"),
            ContextNegotiation.Answer(garbled with { Id = 3, TransferSyntaxes = ["hello\n", "1.2.840.10008.1.2"] }, true, []));
    }

    [Fact]
    public void RefusalOf_Point12TitleOfSpaces_IsNotRecognized()
    {
        Assert.Equal(AAssociateRj.CalledAETitleNotRecognized, AssociateRequestCheck.RefusalOf(Request with { CalledAETitle = "" }));
        Assert.Equal(AAssociateRj.CallingAETitleNotRecognized, AssociateRequestCheck.RefusalOf(Request with { CallingAETitle = "" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.840.10008.3.1.1.2")]
    [InlineData("1.2.840.10008.3.1.1.1.1")]
    [InlineData("1.2.840.10008.3.1.1")]
    public void RefusalOf_Point14OtherApplicationContext_IsNotSupported(string name) => Assert.Equal(
        AAssociateRj.ApplicationContextNameNotSupported,
        AssociateRequestCheck.RefusalOf(Request with { ApplicationContextName = name }));

    [Theory]
    [InlineData(null, true)]
    [InlineData(0u, true)]
    [InlineData(7u, false)]
    [InlineData(8u, true)]
    public void RefusalOf_Point41MaximumWithoutRoomForAFragment_IsRefused(uint? maximum, bool isTaken) =>
        Assert.Equal(isTaken, AssociateRequestCheck.RefusalOf(WireBytes.Request(maximum)) is null);

    [Fact]
    public void Answer_AbstractSyntaxNotSupported_SaysSo() => Assert.Equal(
        new(3, PresentationContextResult.AbstractSyntaxNotSupported, null),
        ContextNegotiation.Answer(Request.PresentationContexts[1], false, []));

    [Fact]
    public void Answer_NoPreference_TakesTheRequestorsFirst() => Assert.Equal(
        new(3, PresentationContextResult.Acceptance, WireBytes.ExplicitLittleEndian),
        ContextNegotiation.Answer(Request.PresentationContexts[1], true, []));

    [Fact]
    public void Answer_Preference_DecidesAmongTheProposed() => Assert.Equal(
        new(3, PresentationContextResult.Acceptance, WireBytes.ImplicitLittleEndian),
        ContextNegotiation.Answer(Request.PresentationContexts[1], true, ["1.2.3", WireBytes.ImplicitLittleEndian]));

    [Fact]
    public void Answer_NothingInCommon_SaysSo() => Assert.Equal(
        new(3, PresentationContextResult.TransferSyntaxesNotSupported, null),
        ContextNegotiation.Answer(Request.PresentationContexts[1], true, ["1.2.3"]));

    [Fact]
    public void Answer_NoTransferSyntaxProposed_IsNotSupported() => Assert.Equal(
        new(5, PresentationContextResult.TransferSyntaxesNotSupported, null),
        ContextNegotiation.Answer(new(5, "1.2", []), true, []));

    [Fact]
    public void Of_Point21Rejection_NeedsNoTransferSyntax()
    {
        var agreed = Agreed(new PresentationContextAc(1, PresentationContextResult.UserRejection, null));
        Assert.Null(agreed.Find(1));
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData(WireBytes.ExplicitLittleEndian)]
    [InlineData(null)]
    public void Of_Point22TransferSyntaxNeverProposed_IsRefused(string? syntax)
    {
        var answer = new PresentationContextAc(1, PresentationContextResult.Acceptance, syntax);
        Assert.Equal(AbortReason.InvalidParameterValue, Assert.Throws<PduException>(() => Agreed(answer)).Reason);
    }

    [Fact]
    public void Of_Point23ContextsLackingOrNeverProposed_AreRejectedAndIgnored()
    {
        var agreed = Agreed(
            new(3, PresentationContextResult.Acceptance, WireBytes.ImplicitLittleEndian),
            new(2, PresentationContextResult.Acceptance, "1.2.3"),
            new(255, PresentationContextResult.Acceptance, null));
        Assert.Equal(new(3, WireBytes.CTImageStorage, WireBytes.ImplicitLittleEndian), agreed.Find(3));
        Assert.All(Enumerable.Range(0, 256).Where(id => id != 3), id => Assert.Null(agreed.Find((byte)id)));
    }

    [Fact]
    public void Of_Point25NoMaximumLength_IsUnlimited()
    {
        var agreed = NegotiatedParameters.Of(Request, WireBytes.Answer(Request, maximumLength: null), AssociationRole.Requestor);
        Assert.Equal((16384u, 0u), (agreed.OwnMaximumLength, agreed.PeerMaximumLength));
    }

    [Fact]
    public void Of_Roles_EachSideHasItsOwnMaximum()
    {
        var answer = WireBytes.Answer(Request, maximumLength: 1000);
        var requestor = NegotiatedParameters.Of(Request, answer, AssociationRole.Requestor);
        var acceptor = NegotiatedParameters.Of(Request, answer, AssociationRole.Acceptor);
        Assert.Equal((16384u, 1000u), (requestor.OwnMaximumLength, requestor.PeerMaximumLength));
        Assert.Equal((1000u, 16384u), (acceptor.OwnMaximumLength, acceptor.PeerMaximumLength));
    }

    private static NegotiatedParameters Agreed(params PresentationContextAc[] answers) => NegotiatedParameters.Of(
        Request, AAssociateAc.InAnswerTo(Request) with { PresentationContexts = answers }, AssociationRole.Requestor);
}
