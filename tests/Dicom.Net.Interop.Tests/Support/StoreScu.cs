using System.Globalization;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>An SCU that stores one data set, whatever its command set says of it.</summary>
internal static class StoreScu
{
    public static async Task<DicomCommandStatusType> StoreAsync(string port, string sopClass, string instance, DicomDataSet dataSet)
    {
        var answer = new TaskCompletionSource<DicomCommandStatusType>(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new DicomAssociate(request: true) { Called = "../ANY", Calling = "/etc" };
        var context = request.Propose(sopClass, DicomUids.ExplicitVRLittleEndian);
        using var scu = new DicomNet(null, DicomNetSecurityMode.None);
        scu.Connected += (_, _) => scu.SendAssociateRequest(request).ThrowIfFailed();
        scu.AssociateAcceptReceived += (_, _) => scu.SendCStoreRequest(
            context, 1, sopClass, instance, DicomCommandPriorityType.Medium, null, 0, dataSet).ThrowIfFailed();
        scu.CStoreResponseReceived += (_, response) => answer.TrySetResult(response.Status);
        scu.Closed += (_, closed) => answer.TrySetException(new IOException($"closed: {closed.Error}"));
        scu.Connect(null, 0, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)).ThrowIfFailed();
        return await answer.Task.WithTimeout();
    }
}
