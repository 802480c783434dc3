using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>Associations with a listener of the test's own process.</summary>
internal static class TestAssociation
{
    /// <summary>Proposes the SOP classes, explicit and implicit VR little endian.</summary>
    public static DicomAssociationRequest Request(params string[] sopClasses) =>
        sopClasses.Aggregate(new DicomAssociationRequest("SCU", "SCP"), (request, sopClass) => request.With(sopClass));

    public static Task<DicomAssociation> OpenAsync(
        DicomNet listener, DicomAssociationRequest request, DicomAssociationOptions? options = null) =>
        DicomAssociation.OpenAsync("127.0.0.1", listener.HostPort, request, options, TestContext.Current.CancellationToken).WithTimeout();

    public static Task<DicomAssociation> OpenAsync(DicomNet listener, params string[] sopClasses) => OpenAsync(listener, Request(sopClasses));

    /// <summary>From now on the listener answers no C-ECHO.</summary>
    /// <returns>The first that comes: who wants to may answer it.</returns>
    public static Task<DicomCEchoRequestEventArgs> HeldEcho(DicomNet listener)
    {
        var held = new TaskCompletionSource<DicomCEchoRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            held.TrySetResult(e);
        };
        return held.Task;
    }

    /// <summary>A data set that says something short.</summary>
    public static DicomDataSet Saying(string text)
    {
        var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.PatientID, text);
        return dataSet;
    }

    /// <summary>Sends matches, each saying its number, and then the final response.</summary>
    public static async Task TellAsync(this DicomCFindRequestEventArgs request, int matches, DicomCommandStatusType last)
    {
        for (var number = 1; number <= matches; number++)
        {
            await request.Net.ReadyToSendAsync();
            using var match = Saying($"{number}");
            request.Respond(DicomCommandStatusType.Pending, match).ThrowIfFailed();
        }

        await request.Net.ReadyToSendAsync();
        request.Respond(last).ThrowIfFailed();
    }
}
