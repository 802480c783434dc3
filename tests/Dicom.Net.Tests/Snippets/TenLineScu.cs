namespace Dicom.Net.Tests.Snippets;

/// <summary>The README's SCU, as it stands there.</summary>
internal static class TenLineScu
{
    public static async Task<DicomCommandStatusType?> EchoAsync(string host, int port)
    {
        DicomCommandStatusType? answer = null;
        using var scu = new DicomNet(null, DicomNetSecurityMode.None);
        var ended = new TaskCompletionSource();
        var request = new DicomAssociate(request: true) { Calling = "MY_SCU", Called = "ANY_SCP" };
        var context = request.Propose(DicomUids.Verification);
        scu.Connected += (_, e) => { if (e.Error == 0) scu.SendAssociateRequest(request); else ended.SetResult(); };
        scu.AssociateAcceptReceived += (_, _) => scu.SendCEchoRequest(context, 1, DicomUids.Verification);
        scu.CEchoResponseReceived += (_, e) => { answer = e.Status; scu.SendReleaseRequest(); };
        scu.Closed += (_, _) => ended.SetResult();
        scu.Connect(null, 0, host, port).ThrowIfFailed();
        await ended.Task;
        return answer;
    }
}
