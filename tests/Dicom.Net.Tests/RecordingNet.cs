using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>One call of an <c>On…</c> member.</summary>
internal sealed record Call(string Name, params object?[] Arguments)
{
    public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>
/// A network object in LDicomNet's style: every <c>On…</c> is overridden, written down, and then does what the test wants of it, or what
/// the base does.
/// </summary>
internal sealed class RecordingNet(DicomNetOptions? options = null, string? path = null)
    : DicomNet(path, options?.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options ?? new())
{
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly ConcurrentDictionary<string, Action<Call>> _overrides = new();
    private int _running;

    public IReadOnlyCollection<Call> Calls => _calls;

    public IEnumerable<string> Names => _calls.Select(call => call.Name);

    /// <summary>True when two calls were ever under way at the same time.</summary>
    public bool HasOverlapped { get; private set; }

    /// <summary>What an override does in place of the base.</summary>
    public RecordingNet Override(string name, Action<Call> instead)
    {
        _overrides[name] = instead;
        return this;
    }

    public int Count(string name) => _calls.Count(call => call.Name == name);

    public async Task<Call> CallOf(string name)
    {
        await Eventually.True(() => Count(name) > 0, text: $"{name} is called; so far: {string.Join(", ", Names)}");
        return _calls.First(call => call.Name == name);
    }

    protected override void OnAccept(DicomExceptionCode error) => Record(() => base.OnAccept(error), [error]);

    protected override void OnConnect(DicomExceptionCode error) => Record(() => base.OnConnect(error), [error]);

    protected override void OnSecureLinkReady(DicomExceptionCode error) => Record(() => base.OnSecureLinkReady(error), [error]);

    protected override void OnClose(DicomExceptionCode error, DicomNet net) => Record(() => base.OnClose(error, net), [error, net]);

    protected override void OnSend(DicomExceptionCode error, DicomPduType type, int length) =>
        Record(() => base.OnSend(error, type, length), [type, length]);

    protected override void OnReceive(DicomExceptionCode error, DicomPduType pduType, IntPtr buffer, int bytes) =>
        Record(() => base.OnReceive(error, pduType, buffer, bytes), [pduType, bytes]);

    protected override void OnReceiveData(byte presentationID, DicomDataSet cs, DicomDataSet? ds) =>
        Record(() => base.OnReceiveData(presentationID, cs, ds), [presentationID, cs, ds]);

    protected override void OnReceiveAssociateRequest(DicomAssociate association) =>
        Record(() => base.OnReceiveAssociateRequest(association), [association]);

    protected override void OnReceiveAssociateAccept(DicomAssociate association) =>
        Record(() => base.OnReceiveAssociateAccept(association), [association]);

    protected override void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        Record(() => base.OnReceiveAssociateReject(result, source, reason), [(int)result, (int)source, (int)reason]);

    protected override void OnReceiveReleaseRequest() => Record(base.OnReceiveReleaseRequest, []);

    protected override void OnReceiveReleaseResponse() => Record(base.OnReceiveReleaseResponse, []);

    protected override void OnReceiveAbort(DicomAbortSourceType source, DicomAbortReasonType reason) =>
        Record(() => base.OnReceiveAbort(source, reason), [source, reason]);

    protected override void OnReceiveCEchoRequest(byte presentationID, int messageID, string affectedClass) =>
        Record(() => base.OnReceiveCEchoRequest(presentationID, messageID, affectedClass), [presentationID, messageID, affectedClass]);

    protected override void OnReceiveCEchoResponse(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status) =>
        Record(
            () => base.OnReceiveCEchoResponse(presentationID, messageID, affectedClass, status),
            [presentationID, messageID, affectedClass, status]);

    protected override void OnReceiveCStoreRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandPriorityType priority, string moveAE,
        int moveMessageID, DicomDataSet? dataSet) => Record(
            () => base.OnReceiveCStoreRequest(
                presentationID, messageID, affectedClass, instance, priority, moveAE, moveMessageID, dataSet),
            [presentationID, messageID, affectedClass, instance, priority, moveAE, moveMessageID, dataSet]);

    protected override void OnReceiveCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Record(
            () => base.OnReceiveCStoreResponse(presentationID, messageID, affectedClass, instance, status),
            [presentationID, messageID, affectedClass, instance, status]);

    private void Record(Action callBase, object?[] arguments, [CallerMemberName] string name = "")
    {
        HasOverlapped |= Interlocked.Increment(ref _running) > 1;
        try
        {
            var call = new Call(name, arguments);
            _calls.Enqueue(call);
            if (_overrides.TryGetValue(name, out var instead))
            {
                instead(call);
            }
            else
            {
                callBase();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
