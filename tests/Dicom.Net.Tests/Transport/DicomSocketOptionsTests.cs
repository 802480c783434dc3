namespace Dicom.Net.Tests.Transport;

public sealed class DicomSocketOptionsTests
{
    [Fact]
    public void New_Always_HasNoDelayAndKeepAliveAndElseTheSystemsOwn() => Assert.Equal(
        (true, 0, 0, true, 0, 0, 0),
        new DicomSocketOptions() is var made
            ? (made.NoDelay, made.SendBufferSize, made.ReceiveBufferSize, made.KeepAlive, made.KeepAliveIdle, made.KeepAliveInterval, made.KeepAliveCount)
            : default);

    [Fact]
    public void Members_OutOfRange_AreTheCallersMistake()
    {
        var options = new DicomSocketOptions { KeepAliveIdle = 32767, KeepAliveInterval = 32767, KeepAliveCount = 127 };

        Assert.Throws<ArgumentOutOfRangeException>(() => options.SendBufferSize = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ReceiveBufferSize = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.KeepAliveIdle = 32768);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.KeepAliveInterval = -1);
        Assert.Equal("KeepAliveCount", Assert.Throws<ArgumentOutOfRangeException>(() => options.KeepAliveCount = 128).ParamName);
        Assert.Equal((32767, 32767, 127), (options.KeepAliveIdle, options.KeepAliveInterval, options.KeepAliveCount));
    }
}
