using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>What a test of C-GET or C-MOVE asks, has retrieved, and is told.</summary>
internal static class Retrieving
{
    public static Task<ServedPeer> GettingAsync(DicomHandlers handlers, DicomNetOptions? options = null) =>
        AssociatedAsync(handlers, options, propose: AlsoAsProvider);

    /// <summary>The peer is to take instances, too.</summary>
    public static void AlsoAsProvider(DicomAssociate request) =>
        request.SetRoleSelect(Context, true, DicomRoleSupport.Supported, DicomRoleSupport.Supported);

    /// <summary>No limit of an association is to expire while time passes.</summary>
    public static DicomNetOptions OnTime(FakeTimeProvider time) => new()
    {
        TimeProvider = time,
        MessageTimeout = Timeout.InfiniteTimeSpan,
        SendTimeout = Timeout.InfiniteTimeSpan,
        PduTimeout = Timeout.InfiniteTimeSpan,
        IdleTimeout = Timeout.InfiniteTimeSpan,
    };

    public static ConcurrentQueue<DicomCStoreRequestEventArgs> AnswerStores(
        DicomNet net, Func<DicomCStoreRequestEventArgs, DicomCommandStatusType> answer)
    {
        var stored = new ConcurrentQueue<DicomCStoreRequestEventArgs>();
        net.CStoreRequestReceived += (_, store) =>
        {
            stored.Enqueue(store);
            store.Respond(answer(store)).ThrowIfFailed();
        };
        return stored;
    }

    public static void SendGet(ServedPeer served) =>
        served.Scu.SendCGetRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();

    public static void SendMove(ServedPeer served, string destination) =>
        served.Scu.SendCMoveRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, destination, Saying("*")).ThrowIfFailed();

    public static async Task<T> LastAsync<T>(ServedPeer served)
        where T : DicomRetrieveResponseEventArgs
    {
        T response;
        do
        {
            response = await served.ResponseAsync<T>();
        }
        while (response.Status.IsPending());

        return response;
    }

    public static (DicomCommandStatusType Status, int Remaining, int Completed, int Failed, int Warning) Counts(
        DicomRetrieveResponseEventArgs response) =>
        (response.Status, response.Remaining, response.Completed, response.Failed, response.Warning);

    public static IAsyncEnumerable<DicomInstance> Instances(int count) =>
        Enumerable.Range(1, count).Select(Numbered).ToAsyncEnumerable();

    public static DicomInstance Numbered(int number) =>
        new(SopClass, $"1.{number}", DicomUids.ImplicitVRLittleEndian, _ => new(TestInstance.Create()));

    /// <summary>One whose sequences nest deeper than can be encoded.</summary>
    public static DicomInstance Unsendable(string uid) => new(SopClass, uid, DicomUids.ImplicitVRLittleEndian, _ =>
    {
        var dataSet = Saying("inmost");
        for (var depth = 0; depth < 100; depth++)
        {
            var inner = dataSet;
            dataSet = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
            dataSet.SetItems(DicomTag.ScheduledProcedureStepSequence, inner);
        }

        return new(dataSet);
    });
}
