using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Snippets;

public sealed class SnippetTests
{
    [Fact]
    public async Task EchoAsync_AgainstTheTenLineScp_IsAnsweredWithSuccess()
    {
        var folder = Directory.CreateTempSubdirectory("dicomnet-snippet-");
        try
        {
            using var scp = TenLineScp.Start(folder.FullName, port: 0);

            var answer = await TenLineScu.EchoAsync("127.0.0.1", scp.HostPort).WithTimeout();

            Assert.Equal(DicomCommandStatusType.Success, answer);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
