using System.Globalization;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A requestor for one SOP class that sends a request of an N service and awaits the response.</summary>
internal sealed class NormalizedScu : IAsyncDisposable
{
    /// <summary>The one presentation context.</summary>
    public const byte Context = 1;

    private readonly TaskCompletionSource _associated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<NormalizedResponse> _response = new();

    private NormalizedScu(string sopClass)
    {
        Net = new(path: null, DicomNetSecurityMode.None);
        Net.Connected += (_, connected) => Begin(connected.Error, sopClass);
        Net.AssociateAcceptReceived += (_, _) => _associated.TrySetResult();
        Net.NGetResponseReceived += (_, response) => Tell(response, response.Instance, response.DataSet);
        Net.NSetResponseReceived += (_, response) => Tell(response, response.Instance, response.DataSet);
        Net.NCreateResponseReceived += (_, response) => Tell(response, response.Instance, response.DataSet);
        Net.NDeleteResponseReceived += (_, response) => Tell(response, response.Instance, dataSet: null);
        Net.NActionResponseReceived += (_, response) => Tell(response, response.Instance, response.DataSet, response.Action);
        Net.NReportResponseReceived += (_, response) => Tell(response, response.Instance, response.DataSet, response.DicomEvent);
        Net.Closed += (_, closed) => End(closed.Error);
    }

    public DicomNet Net { get; }

    /// <summary>Proposes one presentation context, and to be its SCP, too: it may report events then.</summary>
    public static async Task<NormalizedScu> AssociateAsync(string port, string sopClass)
    {
        var scu = new NormalizedScu(sopClass);
        scu.Net.Connect(null, 0, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)).ThrowIfFailed();
        await scu._associated.Task.WithTimeout();
        return scu;
    }

    /// <summary>Sends a request, with a message id that is free, and awaits the response.</summary>
    public async Task<NormalizedResponse> AskAsync(Func<DicomNet, int, DicomNetResult> send)
    {
        _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
        send(Net, Net.NextMessageID()).ThrowIfFailed();
        return await _response.Task.WithTimeout();
    }

    /// <summary>Releases the association.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Net.SendReleaseRequest().IsSuccess)
        {
            await _closed.Task.WithTimeout();
        }

        Net.Dispose();
    }

    private static DicomAssociate Request(string sopClass)
    {
        var request = new DicomAssociate(request: true) { Called = "THEIRS", Calling = "OURS" };
        var context = request.Propose(sopClass, DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian);
        request.SetRoleSelect(context, enabled: true, DicomRoleSupport.Supported, DicomRoleSupport.Supported);
        return request;
    }

    private void Tell(DicomResponseEventArgs response, string instance, DicomDataSet? dataSet, int? type = null) =>
        _response.TrySetResult(new(
            response.Status, response.AffectedClass, instance, type,
            dataSet is null ? null : NormalizedDataSet.CopyOf(dataSet), response.Detail));

    private void Begin(DicomExceptionCode error, string sopClass)
    {
        if (error == DicomExceptionCode.Success)
        {
            Net.SendAssociateRequest(Request(sopClass)).ThrowIfFailed();
        }
        else
        {
            End(error);
        }
    }

    private void End(DicomExceptionCode error)
    {
        var ended = new IOException($"The connection has ended: {error}");
        _associated.TrySetException(ended);
        _response.TrySetException(ended);
        _closed.TrySetResult();
    }
}
