using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>What a service manager says of the sockets that it hands over (sd_listen_fds(3)).</summary>
public sealed class ActivatedSocketsTests
{
    [Theory]
    [InlineData("1", null, "unknown")]
    [InlineData("2", null, "unknown,unknown")]
    [InlineData("2", "dicom:dicom-tls", "dicom,dicom-tls")]
    [InlineData("2", "dicom", "unknown,unknown")] // As many names as sockets, or none.
    [InlineData("1", "", "")]
    public void Names_OfWhatIsHandedOver_AreTold(string count, string? names, string expected) =>
        Assert.Equal(expected.Split(','), ActivatedSockets.NamesOf("42", count, names, 42));

    [Theory]
    [InlineData(null, null, "LISTEN_FDS is not set")]
    [InlineData("42", "0", "LISTEN_FDS is not set")]
    [InlineData("42", "-1", "LISTEN_FDS is not set")]
    [InlineData("42", "many", "LISTEN_FDS is not set")]
    [InlineData("41", "1", "process '41', and this one is 42")]
    [InlineData(null, "1", "and this one is 42")]
    public void Names_WhereNothingIsHandedOverToThisProcess_SayWhatToDo(string? process, string? count, string words)
    {
        var error = Assert.Throws<TransportException>(() => ActivatedSockets.NamesOf(process, count, null, 42));

        Assert.Equal(TransportErrorKind.BadParameter, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
