namespace Dicom.Net.Tests.Negotiation;

public sealed class DicomAssociateTests
{
    private const string Other = DicomUids.CTImageStorage;

    [Fact]
    public void Constructor_Always_AnnouncesThisLibrary()
    {
        var associate = new DicomAssociate(request: true);

        Assert.True(associate.IsRequest);
        Assert.False(new DicomAssociate(request: false).IsRequest);
        Assert.Equal(1, associate.Version);
        Assert.Equal("1.2.840.10008.3.1.1.1", associate.ApplicationContextName); // PS3.7 §A.2.1
        Assert.Equal(128u * 1024, associate.MaxLength);
        Assert.NotEmpty(associate.ImplementClass);
        Assert.InRange(associate.ImplementationVersionName.Length, 1, 16); // PS3.7 §D.3.3.2.3
        Assert.Equal(("", "", 0), (associate.Called, associate.Calling, associate.PresentationContextCount));
    }

    [Fact]
    public void Reset_Always_EmptiesEverything()
    {
        var associate = Filled();

        associate.Reset();

        Assert.Equal(("", "", "", "", 0u, 0), (associate.Called, associate.Calling, associate.ImplementClass,
            associate.ImplementationVersionName, associate.MaxLength, associate.PresentationContextCount));
        Assert.Equal(1, associate.Version);
        Assert.Equal(0, associate.FindAbstract(DicomUids.Verification));
    }

    [Fact]
    public void Default_AfterChanges_IsAsNew()
    {
        var associate = Filled();
        var made = new DicomAssociate(request: true);

        associate.Default();

        Assert.Equal((made.MaxLength, made.ImplementClass, made.ImplementationVersionName, made.Called, made.PresentationContextCount), (
            associate.MaxLength, associate.ImplementClass, associate.ImplementationVersionName, associate.Called,
            associate.PresentationContextCount));
    }

    [Fact]
    public void AddPresentationContext_ThenTheGetters_TellWhatWasAdded()
    {
        var associate = new DicomAssociate(request: true);
        associate.AddPresentationContext(5, DicomAssociateAcceptResultType.UserReject, Other);
        associate.AddTransfer(5, DicomUids.ExplicitVRLittleEndian);
        associate.AddTransfer(5, DicomUids.ImplicitVRLittleEndian);

        Assert.Equal(1, associate.PresentationContextCount);
        Assert.Equal(5, associate.GetPresentationContextID(0));
        Assert.Equal(Other, associate.GetAbstract(5));
        Assert.Equal(DicomAssociateAcceptResultType.UserReject, associate.GetResult(5));
        Assert.Equal(2, associate.GetTransferCount(5));
        Assert.Equal(DicomUids.ExplicitVRLittleEndian, associate.GetTransfer(5, 0));
        Assert.Equal(DicomUids.ImplicitVRLittleEndian, associate.GetTransfer(5, 1));
        associate.SetResult(5, DicomAssociateAcceptResultType.Success);
        Assert.Equal(DicomAssociateAcceptResultType.Success, associate.GetResult(5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(254)]
    public void AddPresentationContext_EvenId_IsTheCallersMistake(byte id)
    {
        var associate = new DicomAssociate(request: true);

        Assert.Throws<ArgumentException>(() => associate.AddPresentationContext(id, 0, Other));
        Assert.Equal(0, associate.PresentationContextCount);
    }

    [Fact]
    public void Members_UnknownIdOrPlaceOrNothing_AreTheCallersMistake()
    {
        var associate = Filled();

        Assert.Throws<ArgumentException>(() => associate.AddPresentationContext(1, 0, Other));
        Assert.Throws<ArgumentException>(() => associate.AddPresentationContext(9, 0, " "));
        Assert.Throws<ArgumentException>(() => associate.AddTransfer(9, DicomUids.ImplicitVRLittleEndian));
        Assert.Throws<ArgumentException>(() => associate.AddTransfer(1, ""));
        Assert.Throws<ArgumentException>(() => associate.GetAbstract(9));
        Assert.Throws<ArgumentException>(() => associate.GetResult(9));
        Assert.Throws<ArgumentException>(() => associate.SetResult(9, 0));
        Assert.Throws<ArgumentException>(() => associate.GetTransferCount(9));
        Assert.Throws<ArgumentOutOfRangeException>(() => associate.GetTransfer(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => associate.GetTransfer(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => associate.GetPresentationContextID(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => associate.GetPresentationContextID(3));
    }

    [Fact]
    public void FindAbstract_OfARequest_FindsEachInTurn()
    {
        var associate = Filled();

        Assert.Equal(1, associate.FindAbstract(DicomUids.Verification));
        Assert.Equal(3, associate.FindAbstract(Other));
        Assert.Equal(5, associate.FindNextAbstract(3, Other));
        Assert.Equal(0, associate.FindNextAbstract(5, Other));
        Assert.Equal(0, associate.FindAbstract("1.2.3"));
    }

    [Fact]
    public void FindAbstract_OfAnAnswer_FindsWhatWasAccepted()
    {
        var answer = new DicomAssociate(request: false);
        answer.AddPresentationContext(1, DicomAssociateAcceptResultType.TransferSyntax, Other);
        answer.AddPresentationContext(3, DicomAssociateAcceptResultType.Success, Other);

        Assert.Equal(3, answer.FindAbstract(Other));
        Assert.Equal(3, answer.FindNextAbstract(1, Other));
        Assert.Equal(0, answer.FindNextAbstract(3, Other));
    }

    [Fact]
    public void Propose_OneAfterTheOther_CountsOddIdsUpTo255()
    {
        var associate = new DicomAssociate(request: true);

        for (var id = 1; id <= 255; id += 2)
        {
            Assert.Equal(id, associate.Propose(Other, DicomUids.ExplicitVRLittleEndian));
        }

        Assert.Equal(128, associate.PresentationContextCount);
        Assert.Throws<InvalidOperationException>(() => associate.Propose(Other));
    }

    [Fact]
    public void Propose_NoTransferSyntax_IsImplicitLittleEndian()
    {
        var associate = new DicomAssociate(request: true);

        var id = associate.Propose(Other);

        Assert.Equal(1, associate.GetTransferCount(id));
        Assert.Equal("1.2.840.10008.1.2", associate.GetTransfer(id, 0));
    }

    [Fact]
    public void CreateAccept_Predicate_AcceptsAndRejectsEachContextWithItsReason()
    {
        var request = Filled();
        request.Propose("1.2.3");

        var answer = request.CreateAccept(uid => uid != "1.2.3", DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian);

        Assert.False(answer.IsRequest);
        Assert.Equal([1, 3, 5, 7], Enumerable.Range(0, 4).Select(answer.GetPresentationContextID).Select(id => (int)id));
        Assert.Equal(DicomAssociateAcceptResultType.Success, answer.GetResult(1));
        Assert.Equal(DicomUids.ImplicitVRLittleEndian, answer.GetTransfer(1, 0));
        Assert.Equal(DicomUids.ExplicitVRLittleEndian, answer.GetTransfer(3, 0)); // Proposed second, preferred first.
        Assert.Equal(1, answer.GetTransferCount(3));
        Assert.Equal(DicomAssociateAcceptResultType.TransferSyntax, answer.GetResult(5));
        Assert.Equal(0, answer.GetTransferCount(5));
        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, answer.GetResult(7));
        Assert.Equal((request.Called, request.Calling), (answer.Called, answer.Calling));
        Assert.Equal(new DicomAssociate(request: false).MaxLength, answer.MaxLength);
    }

    [Fact]
    public void CreateAccept_ListAndNoTransferSyntax_TakesTheRequestorsFirst()
    {
        var answer = Filled().CreateAccept([Other]);

        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, answer.GetResult(1));
        Assert.Equal(DicomUids.ImplicitVRLittleEndian, answer.GetTransfer(3, 0));
        Assert.Equal(DicomUids.JpegBaseline8Bit, answer.GetTransfer(5, 0));
    }

    [Fact]
    public void CreateAccept_OfAnAnswer_IsTheCallersMistake() =>
        Assert.Throws<InvalidOperationException>(() => new DicomAssociate(request: false).CreateAcceptAll());

    [Fact]
    public void ToString_HostileTitles_IsOneLine()
    {
        var associate = Filled();
        associate.Calling = "A\r\nB";

        var text = associate.ToString();

        Assert.DoesNotContain('\n', text);
        Assert.Contains("SCP", text, StringComparison.Ordinal);
        Assert.Contains("3 presentation contexts", text, StringComparison.Ordinal);
    }

    private static DicomAssociate Filled()
    {
        var associate = new DicomAssociate(request: true) { Called = "SCP", Calling = "SCU", MaxLength = 5 };
        associate.Propose(DicomUids.Verification);
        associate.Propose(Other, DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian);
        associate.Propose(Other, DicomUids.JpegBaseline8Bit);
        return associate;
    }
}
