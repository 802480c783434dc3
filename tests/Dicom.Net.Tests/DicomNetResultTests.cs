using System.Net.Sockets;

namespace Dicom.Net.Tests;

public sealed class DicomNetResultTests
{
    private static readonly DicomNetResult Failure = new(DicomExceptionCode.NetAddressInUse, "In use.", SocketError.AddressAlreadyInUse);

    [Fact]
    public void Result_Success_IsZero()
    {
        Assert.True(DicomNetResult.Success == 0);
        Assert.True(DicomNetResult.Success.IsSuccess);
        Assert.Equal("Success", DicomNetResult.Success.ToString());
        Assert.Equal(DicomNetResult.Success, DicomNetResult.Success.ThrowIfFailed());
    }

    [Fact]
    public void Result_Failure_IsAboveZeroAndThrowsItself()
    {
        Assert.True(Failure > 0);
        Assert.Equal(101, Failure.ToInt32());
        Assert.False(Failure.IsSuccess);
        Assert.Equal("NetAddressInUse: In use.", Failure.ToString());
        var error = Assert.Throws<DicomException>(() => Failure.ThrowIfFailed());
        Assert.Equal((Failure, Failure.Code, "In use."), (error.Result, error.Code, error.Message));
    }

    [Fact]
    public void DicomException_WithoutACode_IsANetFailure()
    {
        var inner = new IOException();

        Assert.Equal(DicomExceptionCode.NetFailure, new DicomException().Code);
        Assert.Equal(DicomExceptionCode.NetFailure, new DicomException("x").Code);
        Assert.Same(inner, new DicomException("x", inner).InnerException);
        Assert.Equal("x", new DicomException("x", inner).Result.Message);
    }
}
