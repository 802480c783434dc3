using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Snippets;

public sealed class SnippetTests
{
    public static TheoryData<Func<string, int, Task<DicomCommandStatusType?>>> Scus => [TenLineScu.EchoAsync, AwaitedScu.EchoAsync];

    [Theory]
    [MemberData(nameof(Scus), DisableDiscoveryEnumeration = true)]
    public async Task EchoAsync_AgainstTheTenLineScp_IsAnsweredWithSuccess(Func<string, int, Task<DicomCommandStatusType?>> echoAsync)
    {
        var folder = Directory.CreateTempSubdirectory("dicomnet-snippet-");
        try
        {
            using var scp = TenLineScp.Start(folder.FullName, port: 0);

            var answer = await echoAsync("127.0.0.1", scp.HostPort).WithTimeout();

            Assert.Equal(DicomCommandStatusType.Success, answer);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
