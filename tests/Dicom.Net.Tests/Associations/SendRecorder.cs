using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Associations;

/// <summary>What a send queue tells, in order and as text.</summary>
internal sealed class SendRecorder : ISendObserver
{
    private readonly List<string> _told = [];

    public Action OnItemFailed { get; set; } = () => { };

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

    void ISendObserver.OnWriteWaiting() => Add("waiting");

    void ISendObserver.OnWritten() => Add("written");

    void ISendObserver.OnSent(OutgoingItem item) => Add($"sent{item.Written}");

    void ISendObserver.OnItemFailed(OutgoingItem item, Exception error)
    {
        Add("item-failed");
        OnItemFailed();
    }

    void ISendObserver.OnSendIdle() => Add("idle");

    void ISendObserver.OnSendFailed(Exception error) => Add("failed");

    private void Add(string what)
    {
        lock (_told)
        {
            _told.Add(what);
        }
    }
}

/// <summary>An item of a number of PDUs of one size, all their bytes the same; it counts its disposals.</summary>
internal sealed class SendItem(byte mark, int size, int pdus = 1) : OutgoingItem
{
    private int _done;

    public int Disposals { get; private set; }

    /// <summary>The number of its PDUs after which it cannot be read.</summary>
    public int FailsAfter { get; init; } = int.MaxValue;

    public override PduType Type => PduType.PDataTf;

    public override int PreferredOutput => size * Math.Min(pdus - _done, 4);

    public override bool IsComplete => _done == pdus;

    public override long Written => _done * (long)size;

    public override int Fill(Span<byte> output)
    {
        var filled = 0;
        for (; _done < pdus && output.Length - filled >= size; _done++, filled += size)
        {
            if (_done == FailsAfter)
            {
                throw new IOException("The test's item cannot be read.");
            }

            output.Slice(filled, size).Fill(mark);
        }

        return filled;
    }

    public override void Dispose()
    {
        Disposals++;
        base.Dispose();
    }
}
