using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>The low level: PDUs and messages as they come and go, and the way of every event.</summary>
public partial class DicomNet
{
    private static readonly ConcurrentDictionary<Type, Overrides> KnownOverrides = new();

    private readonly Overrides _overriding;

    // The PDU that OnReceive is being told of, for the event that its base raises: callbacks come one at a time.
    private ReadOnlyMemory<byte> _toldPdu;

    /// <summary>Something has gone out: see <see cref="OnSend"/>.</summary>
    public event EventHandler<DicomSentEventArgs>? Sent;

    /// <summary>A PDU has arrived: see <see cref="OnReceive"/>.</summary>
    public event EventHandler<DicomReceivedEventArgs>? Received;

    /// <summary>A whole DIMSE message has arrived: see <see cref="OnReceiveData"/>.</summary>
    public event EventHandler<DicomDataReceivedEventArgs>? DataReceived;

    /// <summary>A data set begins to arrive: see <see cref="OnReceiveDataStarting"/>.</summary>
    public event EventHandler<DicomDataStartingEventArgs>? DataStarting;

    /// <summary>A PDU that the standard does not know has arrived: see <see cref="OnReceiveUnknown"/>.</summary>
    public event EventHandler<DicomUnknownEventArgs>? UnknownReceived;

    internal bool WantsPdus => _overriding.HasFlag(Overrides.Receive) || HasHandler(net => net.Received);

    internal bool WantsSent => _overriding.HasFlag(Overrides.Send) || HasHandler(net => net.Sent);

    internal bool WantsDataStarting => _overriding.HasFlag(Overrides.DataStarting) || HasHandler(net => net.DataStarting);

    private bool WantsData => _overriding.HasFlag(Overrides.Data) || HasHandler(net => net.DataReceived);

    /// <summary>The callbacks that cost something even where nobody listens.</summary>
    [Flags]
    private enum Overrides
    {
        None = 0,
        Send = 1,
        Receive = 2,
        DataStarting = 4,
        Data = 8,

        /// <summary>OnAccept or CreateClient.</summary>
        Accepting = 16,
        Close = 32,
        BeforeSend = 64,
    }

    /// <summary>Sends a DIMSE message made by hand (PS3.7 §6.3.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="cs">The command set. (0000,0000) is computed; (0000,0800) must say whether a data set follows: 0101H where none does.</param>
    /// <param name="ds">The data set; null for none. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued; Parameter where (0000,0800) is missing, or <paramref name="ds"/> is not what it says.</returns>
    /// <remarks>A final response to a request that waits for one is its answer: sent from <see cref="OnReceiveData"/>, it is the only one.</remarks>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendData(byte presentationID, DicomDataSet cs, DicomDataSet? ds)
    {
        ArgumentNullException.ThrowIfNull(cs);
        return Return(Attempt((net: this, presentationID, cs, ds), static (exchange, port, message) =>
        {
            var (net, context, cs, ds) = message;
            if (HandMadeCommandSet.ContradictionOf(cs, ds) is { } contradiction)
            {
                return new(DicomExceptionCode.Parameter, contradiction);
            }

            var encoded = HandMadeCommandSet.Encode(cs);
            if (IsRequest(cs, out var messageID, out var field))
            {
                return net.Invoke(exchange, port, new(context, messageID, field, encoded), ds);
            }

            return ClaimAnswered(exchange, context, cs) is { } request
                ? SendFinally(
                    exchange, request, StatusOf(cs), (port, context, encoded, ds),
                    static answer => SendResults.Of(answer.port.Send(answer.context, answer.encoded, answer.ds)))
                : SendResults.Of(port.Send(context, encoded, ds));
        }));
    }

    /// <summary>Called when what a Send… queued has been handed to the system to its last byte.</summary>
    /// <param name="error">Always <see cref="DicomExceptionCode.Success"/>: what can not be sent ends the connection (<see cref="OnClose"/>).</param>
    /// <param name="type">The type of PDU; <see cref="DicomPduType.DataTransfer"/> for a DIMSE message, told once for all its PDUs.</param>
    /// <param name="length">Bytes, PDU headers included; <see cref="int.MaxValue"/> for more than that.</param>
    /// <remarks>The base raises <see cref="Sent"/>.</remarks>
    protected virtual void OnSend(DicomExceptionCode error, DicomPduType type, int length) =>
        Raise(net => net.Sent, new DicomSentEventArgs(type, length));

    /// <summary>Called for every PDU, before the callback of what it means.</summary>
    /// <param name="error">Always <see cref="DicomExceptionCode.Success"/>.</param>
    /// <param name="pduType">The type of PDU.</param>
    /// <param name="buffer">The PDU, its six header bytes included; valid during the call only.</param>
    /// <param name="bytes">Its length.</param>
    /// <remarks>
    /// The base raises <see cref="Received"/>. PDUs are copied for this; where nobody overrides or subscribes, they are not.
    /// </remarks>
    protected virtual void OnReceive(DicomExceptionCode error, DicomPduType pduType, IntPtr buffer, int bytes) =>
        Raise(net => net.Received, new DicomReceivedEventArgs(pduType, _toldPdu));

    /// <summary>Called for every whole DIMSE message, before the callback of its service.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="cs">The command set.</param>
    /// <param name="ds">The data set; null where the message has none.</param>
    /// <remarks>
    /// The base raises <see cref="DataReceived"/>. A request that is answered in here, by <see cref="SendData"/>, is told no further: so
    /// operations can be served that have no callback of their own. The data set of a request lives until its answer, that of a response
    /// until its callbacks have returned.
    /// </remarks>
    protected virtual void OnReceiveData(byte presentationID, DicomDataSet cs, DicomDataSet? ds) =>
        Raise(net => net.DataReceived, new DicomDataReceivedEventArgs(presentationID, cs, ds));

    /// <summary>
    /// Called when a message's command set is there and its data set begins to arrive. LDicomNet has no such member: it is for those
    /// who want the bytes as they come.
    /// </summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="cs">The command set.</param>
    /// <returns>
    /// A stream for the bytes of the data set, written as they come and closed at the end; null to have them kept as usual. While this
    /// runs, and while the stream's Write does, the association reads no further.
    /// </returns>
    /// <remarks>The base raises <see cref="DataStarting"/> and returns its Destination.</remarks>
    protected virtual Stream? OnReceiveDataStarting(byte presentationID, DicomDataSet cs)
    {
        var starting = new DicomDataStartingEventArgs(presentationID, cs);
        Raise(net => net.DataStarting, starting);
        return starting.Destination;
    }

    /// <summary>
    /// Called for a PDU of a type that the standard does not know. The association is being aborted (PS3.8 §9.2, Evt19): what follows such a
    /// PDU is not read.
    /// </summary>
    /// <param name="pduType">Its type, the first byte.</param>
    /// <remarks>The base raises <see cref="UnknownReceived"/>.</remarks>
    protected virtual void OnReceiveUnknown(byte pduType) => Raise(net => net.UnknownReceived, new DicomUnknownEventArgs(pduType));

    internal void TellUnknown(byte type) => Guard(nameof(OnReceiveUnknown), () => OnReceiveUnknown(type));

    internal void TellSent(PduType type, long length) => Guard(
        nameof(OnSend),
        () => OnSend(DicomExceptionCode.Success, (DicomPduType)type, (int)Math.Min(length, int.MaxValue)));

    internal void TellPdu(PduType type, ReadOnlyMemory<byte> pdu) => Guard(nameof(OnReceive), () =>
    {
        using var pinned = pdu.Pin();
        _toldPdu = pdu;
        OnReceive(DicomExceptionCode.Success, (DicomPduType)type, AddressOf(pinned), pdu.Length);
        _toldPdu = default;
    });

    internal Stream? AskForStream(DimseMessage message)
    {
        Stream? stream = null;
        Guard(
            nameof(OnReceiveDataStarting),
            () => stream = OnReceiveDataStarting(message.PresentationContextId, message.CommandSet));
        return stream;
    }

    private static unsafe IntPtr AddressOf(System.Buffers.MemoryHandle pinned) => (IntPtr)pinned.Pointer;

    /// <summary>Whether a hand-made command set is a request that has a response.</summary>
    private static bool IsRequest(DicomDataSet cs, out int messageID, out CommandField field)
    {
        field = cs.TryGetInt32(CommandTag.CommandField, out var value) ? (CommandField)value : CommandField.None;
        return cs.TryGetInt32(CommandTag.MessageId, out messageID) && IsMessageId(messageID) && !field.IsResponse();
    }

    /// <summary>Raises an event: on this object, and on the listener if it made this object by itself.</summary>
    private void Raise<T>(Func<DicomNet, EventHandler<T>?> handlersOf, T arguments)
    {
        var failure = Invoke(handlersOf(this), this, arguments, null);
        if (_forwardsEvents && Server is { } server)
        {
            failure = Invoke(handlersOf(server), this, arguments, failure);
        }

        Rethrow(failure);
    }

    /// <summary>Raises an event on this object alone.</summary>
    private void RaiseHere<T>(EventHandler<T>? handlers, DicomNet sender, T arguments) =>
        Rethrow(Invoke(handlers, sender, arguments, null));

    private static void Rethrow(Exception? failure)
    {
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>One listener's exception does not keep the event from the others. The first is the caller's to deal with.</summary>
    private Exception? Invoke<T>(EventHandler<T>? handlers, DicomNet sender, T arguments, Exception? failure)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(sender, arguments);
            }
            catch (Exception error) when (failure is null)
            {
                failure = error;
            }
            catch (Exception error)
            {
                FacadeLog.CallbackFailed(_log, error, typeof(T).Name);
            }
        }

        return failure;
    }

    private bool HasHandler(Func<DicomNet, Delegate?> handlersOf) =>
        handlersOf(this) is not null || (_forwardsEvents && Server is { } server && handlersOf(server) is not null);

    private Overrides FindOverrides()
    {
        var found = Overrides.None;
        found |= IsOverridden((Action<DicomExceptionCode, DicomPduType, int>)OnSend) ? Overrides.Send : 0;
        found |= IsOverridden((Action<DicomExceptionCode, DicomPduType, IntPtr, int>)OnReceive) ? Overrides.Receive : 0;
        found |= IsOverridden((Func<byte, DicomDataSet, Stream?>)OnReceiveDataStarting) ? Overrides.DataStarting : 0;
        found |= IsOverridden((Action<byte, DicomDataSet, DicomDataSet?>)OnReceiveData) ? Overrides.Data : 0;
        found |= IsOverridden((Action<DicomExceptionCode>)OnAccept) || IsOverridden((Func<DicomNet>)CreateClient) ? Overrides.Accepting : 0;
        found |= IsOverridden((Action<DicomDataSet>)OnBeforeSendCommandSet) ? Overrides.BeforeSend : 0;
        found |= IsOverridden((Action<DicomExceptionCode, DicomNet>)OnClose) ? Overrides.Close : 0;
        return found;
    }

    private static bool IsOverridden(Delegate callback) => callback.Method.DeclaringType != typeof(DicomNet);
}
