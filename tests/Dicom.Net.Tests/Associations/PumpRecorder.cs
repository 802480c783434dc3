using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Associations;

/// <summary>What a pump tells, in order and as text; and the test's answers.</summary>
internal sealed class PumpRecorder : IPduReceiver
{
    private readonly List<string> _told = [];

    public Func<PduHeader, bool> Acceptance { get; set; } = _ => true;

    public Action<byte[]> OnPdu { get; set; } = _ => { };

    /// <summary>The PDUs, without what else was told.</summary>
    public List<byte[]> Pdus { get; } = [];

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Told
    {
        get
        {
            lock (_told)
            {
                return string.Join(' ', _told);
            }
        }
    }

    bool IPduReceiver.Accepts(PduHeader header) => Acceptance(header);

    void IPduReceiver.OnPdu(PduHeader header, ReadOnlyMemory<byte> pdu)
    {
        Add($"pdu{header.Type}");
        Pdus.Add(pdu.ToArray());
        OnPdu(Pdus[^1]);
    }

    void IPduReceiver.OnWaiting(bool partialPdu) => Add(partialPdu ? "partial" : "idle");

    bool IPduReceiver.OnPausing(ReceivePump pump) => pump.TryPause();

    void IPduReceiver.OnBatchDelivered() => Add("batch");

    void IPduReceiver.OnEnd(Exception? error, bool midPdu)
    {
        Add($"end{(midPdu ? "-mid-pdu" : "")}{(error is null ? "" : $"-{error.GetType().Name}")}");
        Ended.TrySetResult();
    }

    void IPduReceiver.OnFailure(Exception error)
    {
        Add($"failure-{error.GetType().Name}");
        Ended.TrySetResult();
    }

    private void Add(string what)
    {
        lock (_told)
        {
            _told.Add(what);
        }
    }
}
