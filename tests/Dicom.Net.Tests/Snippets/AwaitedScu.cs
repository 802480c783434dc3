namespace Dicom.Net.Tests.Snippets;

/// <summary>The README's SCU as one would write it today, as it stands there.</summary>
internal static class AwaitedScu
{
    public static async Task<DicomCommandStatusType?> EchoAsync(string host, int port)
    {
        var request = new DicomAssociationRequest("MY_SCU", "ANY_SCP").With(DicomUids.Verification);
        await using var association = await DicomAssociation.OpenAsync(host, port, request);
        var answer = await association.EchoAsync();
        return answer.Status;
    }
}
