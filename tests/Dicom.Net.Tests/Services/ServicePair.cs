using System.Threading.Channels;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Services;

/// <summary>
/// Two objects of the library with an association between them: an SCU that asked for it, and the object that the listener made. Every
/// event of a DIMSE service, of either, is kept and awaited in turn.
/// </summary>
internal sealed class ServicePair : IDisposable
{
    /// <summary>The one presentation context; the library leaves it to applications which services a SOP class has.</summary>
    public const byte Context = 1;

    public const string SopClass = "1.2.840.10008.1.20.1"; // Storage Commitment Push Model (PS3.4 §J.3)
    public const string Instance = "1.2.840.10008.1.20.1.1";

    private readonly DicomNet _listener;
    private readonly TestScu _scu = new();
    private readonly Channel<DicomRequestEventArgs> _requests = Channel.CreateUnbounded<DicomRequestEventArgs>();
    private readonly Channel<(DicomResponseEventArgs Response, string? Text)> _responses =
        Channel.CreateUnbounded<(DicomResponseEventArgs, string?)>();

    private ServicePair(DicomNet listener)
    {
        _listener = listener;
        Watch(listener);
        Watch(_scu.Net);
    }

    public DicomNet Scu => _scu.Net;

    /// <summary>The acceptor's object.</summary>
    public DicomNet Scp => _listener.GetClient(0)!;

    public static async Task<ServicePair> AssociatedAsync(Action<DicomAssociate>? propose = null, Action<DicomAssociate>? answer = null)
    {
        var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) =>
        {
            var accept = e.Association.CreateAcceptAll();
            answer?.Invoke(accept);
            e.Accept(accept).ThrowIfFailed();
        };
        var pair = new ServicePair(TestScp.Listening(listener));
        var request = TestScu.Request(SopClass);
        propose?.Invoke(request);
        await pair._scu.AssociateAsync(listener.HostPort, request);
        return pair;
    }

    /// <summary>A small data set: what it says is the test's.</summary>
    public static DicomDataSet Saying(string text)
    {
        var dataSet = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        dataSet.Set(DicomTag.PatientName, text);
        return dataSet;
    }

    /// <summary>The next request of either side. It is left to the test to answer.</summary>
    public async Task<T> RequestAsync<T>()
        where T : DicomRequestEventArgs => Assert.IsType<T>(await _requests.Reader.ReadAsync().WithTimeout());

    /// <summary>The next response to either side. Its data set is no more, but for <see cref="Text"/>.</summary>
    public async Task<T> ResponseAsync<T>()
        where T : DicomResponseEventArgs
    {
        (var response, Text) = await _responses.Reader.ReadAsync().WithTimeout();
        return Assert.IsType<T>(response);
    }

    /// <summary>What the data set of the last response said.</summary>
    public string? Text { get; private set; }

    public bool HasRequest => _requests.Reader.TryPeek(out _);

    public bool HasResponse => _responses.Reader.TryPeek(out _);

    public void Dispose()
    {
        _scu.Dispose();
        _listener.Dispose();
    }

    private void Watch(DicomNet net)
    {
        net.CEchoRequestReceived += (_, e) => Keep(e);
        net.CStoreRequestReceived += (_, e) => Keep(e);
        net.CFindRequestReceived += (_, e) => Keep(e);
        net.CGetRequestReceived += (_, e) => Keep(e);
        net.CMoveRequestReceived += (_, e) => Keep(e);
        net.NReportRequestReceived += (_, e) => Keep(e);
        net.NGetRequestReceived += (_, e) => Keep(e);
        net.NSetRequestReceived += (_, e) => Keep(e);
        net.NActionRequestReceived += (_, e) => Keep(e);
        net.NCreateRequestReceived += (_, e) => Keep(e);
        net.NDeleteRequestReceived += (_, e) => Keep(e);
        net.CEchoResponseReceived += (_, e) => Keep(e);
        net.CStoreResponseReceived += (_, e) => Keep(e);
        net.CFindResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.CGetResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.CMoveResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.NReportResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.NGetResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.NSetResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.NActionResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.NCreateResponseReceived += (_, e) => Keep(e, e.DataSet);
        net.NDeleteResponseReceived += (_, e) => Keep(e);
    }

    private void Keep(DicomRequestEventArgs e)
    {
        e.Handled = true;
        _requests.Writer.TryWrite(e);
    }

    private void Keep(DicomResponseEventArgs e, DicomDataSet? dataSet = null) =>
        _responses.Writer.TryWrite((e, dataSet?.GetString(DicomTag.PatientName)));
}
