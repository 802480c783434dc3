namespace Dicom.Net.Tests.Negotiation;

public sealed class DicomAssociateContextsTests
{
    private const string Other = DicomUids.CTImageStorage;

    [Fact]
    public void AddPresentationContext_All128IdsTaken_SaysSo()
    {
        var associate = new DicomAssociate(request: true);
        for (var id = 1; id <= 255; id += 2)
        {
            associate.AddPresentationContext((byte)id, 0, Other);
        }

        var error = Assert.Throws<ArgumentException>(() => associate.AddPresentationContext(7, 0, Other));
        Assert.Contains("at most 128", error.Message, StringComparison.Ordinal);
        Assert.Contains("at most 128", Assert.Throws<InvalidOperationException>(() => associate.Propose(Other)).Message, StringComparison.Ordinal);
        Assert.Equal(128, associate.PresentationContextCount);
    }

    [Fact]
    public void Propose_HighestIdTaken_FindsTheLowestFreeOne()
    {
        var associate = new DicomAssociate(request: true);
        associate.AddPresentationContext(255, 0, Other);
        associate.AddPresentationContext(1, 0, Other);

        Assert.Equal(3, associate.Propose(Other));
        Assert.Equal(5, associate.Propose(Other));
    }

    [Fact]
    public void DeletePresentationContext_OneOfTwoOfASopClass_KeepsWhatIsNegotiatedForIt()
    {
        var associate = Negotiating(out var first, out var second);

        associate.DeletePresentationContext(first);

        Assert.Equal(1, associate.PresentationContextCount);
        Assert.True(associate.IsRoleSelect(second));
        Assert.Equal([7], associate.GetExtendedData(second)!);
        Assert.Equal("1.2", associate.GetServiceClass(second));
    }

    [Fact]
    public void DeletePresentationContext_TheLastOfASopClass_TakesWhatIsNegotiatedForItAway()
    {
        var associate = Negotiating(out var first, out var second);

        associate.DeletePresentationContext(first);
        associate.DeletePresentationContext(second);
        associate.DeletePresentationContext(99);
        var again = associate.Propose(Other);

        Assert.False(associate.IsRoleSelect(again));
        Assert.Null(associate.GetExtendedData(again));
        Assert.Null(associate.GetServiceClass(again));
    }

    [Fact]
    public void SetAbstract_OfTheLastOfASopClass_LeavesItsNegotiationBehind()
    {
        var associate = Negotiating(out var first, out var second);

        associate.SetAbstract(first, DicomUids.Verification);
        Assert.False(associate.IsRoleSelect(first));
        Assert.True(associate.IsRoleSelect(second));
        associate.SetAbstract(second, DicomUids.Verification);
        associate.SetAbstract(second, Other);

        Assert.Equal((DicomUids.Verification, Other), (associate.GetAbstract(first), associate.GetAbstract(second)));
        Assert.False(associate.IsRoleSelect(second));
        Assert.Throws<ArgumentException>(() => associate.SetAbstract(first, ""));
        Assert.Throws<ArgumentException>(() => associate.SetAbstract(77, Other));
    }

    [Fact]
    public void SetAndDeleteTransfer_ByPlace_ChangeThatOne()
    {
        var associate = new DicomAssociate(request: true);
        var id = associate.Propose(Other, "1.1", "1.2", "1.3");

        associate.SetTransfer(id, 1, "1.9");
        associate.DeleteTransfer(id, 0);

        Assert.Equal(["1.9", "1.3"], Enumerable.Range(0, associate.GetTransferCount(id)).Select(i => associate.GetTransfer(id, i)));
        Assert.Throws<ArgumentOutOfRangeException>(() => associate.SetTransfer(id, 2, "1.2"));
        Assert.Throws<ArgumentOutOfRangeException>(() => associate.DeleteTransfer(id, -1));
        Assert.Throws<ArgumentException>(() => associate.SetTransfer(id, 0, " "));
    }

    [Fact]
    public void Reset_ToTheOtherKind_IsThatFromThenOn()
    {
        var associate = Negotiating(out _, out _);

        associate.Reset(request: false);

        Assert.False(associate.IsRequest);
        Assert.Equal((0, 0u), (associate.PresentationContextCount, associate.MaxLength));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void Version_OutsideItsField_IsTheCallersMistake(int version) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DicomAssociate(request: true) { Version = version });

    private static DicomAssociate Negotiating(out byte first, out byte second)
    {
        var associate = new DicomAssociate(request: true);
        first = associate.Propose(Other);
        second = associate.Propose(Other);
        associate.SetRoleSelect(first, true, DicomRoleSupport.Supported, DicomRoleSupport.Supported);
        associate.SetExtendedData(first, [7]);
        associate.SetCommonExtended(first, "1.2");
        return associate;
    }
}
