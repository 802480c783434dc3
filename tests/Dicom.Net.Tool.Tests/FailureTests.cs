namespace Dicom.Net.Tool.Tests;

public sealed class FailureTests
{
    /// <summary>What is named after a time limit must not end as if there had been no connection.</summary>
    [Fact]
    public void CodeOf_TimeLimits_AreToldAsSuch()
    {
        var limits = Enum.GetValues<DicomExceptionCode>().Where(code => $"{code}".EndsWith("Timeout", StringComparison.Ordinal)).ToList();

        Assert.Contains(DicomExceptionCode.NetPduTimeout, limits);
        Assert.All(limits, code => Assert.Equal(
            code == DicomExceptionCode.TlsTimeout ? ExitCode.NoSecureLink : ExitCode.TimeLimit, Failure.CodeOf(code)));
    }
}
