using System.Collections.Concurrent;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Receiving;

namespace Dicom.Net.Tool.Listening;

/// <summary>What happens to a listener: told as it does, and kept as long as it lasts. Associations call it from several threads.</summary>
internal sealed class ListenJournal(ToolOutput output, TimeProvider clock)
{
    private readonly ConcurrentDictionary<DicomAssociationContext, AssociationRow> _open = [];
    private int _associations;
    private int _instances;
    private int _refused;

    public int Associations => _associations;

    public int Instances => _instances;

    public int Refused => _refused;

    /// <summary>The associations that stand, the oldest first.</summary>
    public IReadOnlyList<AssociationRow> Open => [.. _open.Values.OrderBy(row => row.Since)];

    public void TellBegun(DicomAssociationContext association)
    {
        var row = _open[association] = new(association, clock.GetLocalNow());
        Interlocked.Increment(ref _associations);
        output.Json("association", new { row.Peer, row.Calling, row.Called });
        Tell(row, $"{row.Calling} calls {row.Called}");
    }

    public void TellEcho(DicomAssociationContext association)
    {
        if (_open.TryGetValue(association, out var row))
        {
            row.CountEcho();
            output.Json("echo", new { row.Peer });
            Tell(row, "C-ECHO");
        }
    }

    public void TellInstance(DicomCStoreRequest request, KeptInstance kept)
    {
        var isKept = kept.Status.IsSuccess();
        Interlocked.Increment(ref isKept ? ref _instances : ref _refused);
        if (!_open.TryGetValue(request.Association, out var row))
        {
            return;
        }

        row.CountInstance(isKept);
        output.Json("instance", new
        {
            row.Peer,
            Instance = request.SopInstance,
            request.SopClass,
            request.TransferSyntax,
            Status = Status.Hex(kept.Status),
            What = kept.Outcome,
        });
        if (isKept && output.IsForPerson)
        {
            // The table counts them.
            return;
        }

        var what = $"{Words.Name(request.SopClass)} in {Words.Name(request.TransferSyntax)}";
        Tell(row, $"{request.SopInstance} ({what}): {kept.Outcome}", isKept ? Tone.Plain : Tone.Bad);
    }

    public void TellEnded(DicomAssociationContext association, DicomNetResult end)
    {
        if (_open.TryRemove(association, out var row))
        {
            var counts = $"{Sizes.Count(row.Instances, "instance")}, {row.Refused} refused, {Sizes.Count(row.Echoes, "echo")}";
            output.Json("ended", new { row.Peer, row.Instances, row.Refused, row.Echoes, Error = end.IsSuccess ? null : end.Message });
            Tell(row, end.IsSuccess ? $"ended in order: {counts}" : $"{end.Message} {counts}", end.IsSuccess ? Tone.Plain : Tone.Doubtful);
        }
    }

    private void Tell(AssociationRow row, string what, Tone tone = Tone.Plain) =>
        output.Line(($"{clock.GetLocalNow():HH:mm:ss} {row.Peer}  ", Tone.Faint), (what, tone));
}
