namespace Dicom.Net.Tests.Scu;

public sealed class DicomResponseTests
{
    [Fact]
    public void ToString_CommentOfAHostilePeer_StaysOnItsLine()
    {
        var detail = new DicomStatusDetail { ErrorComment = "no\r\nroot has come\u001B[2J", ErrorID = 7 };

        var text = new DicomResponse(DicomCommandStatusType.ProcessingFailure, detail).ToString();

        Assert.Equal(@"ProcessingFailure (0110H) ""no\x0D\x0Aroot has come\x1B[2J"", error 7", text);
    }

    [Fact]
    public void ToString_NoDetail_IsTheStatus()
    {
        var counts = new DicomSubOperations(1, 2, 3, 4);

        Assert.Equal("Success (0000H)", new DicomRetrieveResponse(DicomCommandStatusType.Success, DicomStatusDetail.None, counts, ["1.2"]).ToString());
    }
}
