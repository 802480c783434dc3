using System.Threading.Channels;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scp;

/// <summary>A listener with handlers and nothing else, and a peer that asks it over an association; its responses are read one after the other.</summary>
internal sealed class ServedPeer : IDisposable
{
    public const byte Context = 1;
    public const string SopClass = TestInstance.SopClass;

    private readonly Channel<(DicomResponseEventArgs Response, string? Text)> _responses =
        Channel.CreateUnbounded<(DicomResponseEventArgs, string?)>();

    private ServedPeer(DicomNet listener)
    {
        Listener = listener;
        Scu.CFindResponseReceived += (_, e) => Keep(e, e.DataSet?.GetString(DicomTag.PatientName));
        Scu.CGetResponseReceived += (_, e) => Keep(e, FailedOf(e));
        Scu.CMoveResponseReceived += (_, e) => Keep(e, FailedOf(e));
        Scu.CStoreResponseReceived += (_, e) => Keep(e);
        Scu.CEchoResponseReceived += (_, e) => Keep(e);
        Scu.NReportResponseReceived += (_, e) => Keep(e, e.DataSet?.GetString(DicomTag.PatientName));
        Scu.NGetResponseReceived += (_, e) => Keep(e, e.DataSet?.GetString(DicomTag.PatientName));
        Scu.NSetResponseReceived += (_, e) => Keep(e, e.DataSet?.GetString(DicomTag.PatientName));
        Scu.NActionResponseReceived += (_, e) => Keep(e, e.DataSet?.GetString(DicomTag.PatientName));
        Scu.NCreateResponseReceived += (_, e) => Keep(e, e.DataSet?.GetString(DicomTag.PatientName));
        Scu.NDeleteResponseReceived += (_, e) => Keep(e);
    }

    public DicomNet Listener { get; }

    public TestScu Peer { get; } = new();

    public DicomNet Scu => Peer.Net;

    public bool HasResponse => _responses.Reader.TryPeek(out _);

    /// <summary>What the data set of the last response said: a name, or the instances that failed.</summary>
    public string? Text { get; private set; }

    /// <summary>Everything is accepted, also with the requestor as provider.</summary>
    public static DicomSupportedServices Everything(int window = 1) =>
        new(new DicomSupportedService(static _ => true) { ProviderRole = DicomRoleSupport.Supported }) { InvokedOperationsCount = window };

    /// <summary>Begins to listen, and associates.</summary>
    public static async Task<ServedPeer> AssociatedAsync(
        DicomHandlers handlers, DicomNetOptions? options = null, string? path = null, Action<DicomAssociate>? propose = null)
    {
        handlers.Supported ??= Everything();
        return await AssociatedAsync(Listening(handlers, options, path), propose);
    }

    /// <summary>The same with a listener of the test's own class.</summary>
    public static Task<ServedPeer> AssociatedAsync(DicomNet listener, Action<DicomAssociate>? propose = null) =>
        AssociatedAsync(new ServedPeer(TestScp.Listening(listener)), propose);

    private static async Task<ServedPeer> AssociatedAsync(ServedPeer served, Action<DicomAssociate>? propose)
    {
        var request = TestScu.Request(SopClass, DicomUids.Verification);
        propose?.Invoke(request);
        await served.Peer.AssociateAsync(served.Listener.HostPort, request);
        return served;
    }

    public static ServedPeer Listening(DicomHandlers handlers, DicomNetOptions? options = null, string? path = null) =>
        new(TestScp.Listening(new DicomNet(path, DicomNetSecurityMode.None, (options ?? new()) with { Handlers = handlers })));

    /// <summary>A small data set: what it says is the test's.</summary>
    public static DicomDataSet Saying(string text)
    {
        var dataSet = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        dataSet.Set(DicomTag.PatientName, text);
        return dataSet;
    }

    public async Task<T> ResponseAsync<T>()
        where T : DicomResponseEventArgs
    {
        (var response, Text) = await _responses.Reader.ReadAsync().WithTimeout();
        return Assert.IsType<T>(response);
    }

    public Task<DicomCFindResponseEventArgs> FindAsync()
    {
        SendFind();
        return ResponseAsync<DicomCFindResponseEventArgs>();
    }

    public void SendFind(int messageID = 1) =>
        Scu.SendCFindRequest(Context, messageID, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();

    /// <summary>A C-ECHO among other requests.</summary>
    public async Task<DicomCommandStatusType> EchoAsync()
    {
        Scu.SendCEchoRequest(Context, Scu.NextMessageID(), SopClass).ThrowIfFailed();
        return (await ResponseAsync<DicomCEchoResponseEventArgs>()).Status;
    }

    public async Task<DicomCStoreResponseEventArgs> StoreAsync(DicomDataSet? instance = null)
    {
        using var made = instance is null ? TestInstance.Create() : null;
        Peer.SendStore(instance ?? made!);
        return await ResponseAsync<DicomCStoreResponseEventArgs>();
    }

    public void Dispose()
    {
        Peer.Dispose();
        Listener.Dispose();
    }

    private static string? FailedOf(DicomRetrieveResponseEventArgs response) => response.DataSet is { } dataSet
        ? string.Join(',', dataSet.GetStrings(DicomTag.FailedSOPInstanceUIDList))
        : null;

    private void Keep(DicomResponseEventArgs response, string? text = null) => _responses.Writer.TryWrite((response, text));
}
