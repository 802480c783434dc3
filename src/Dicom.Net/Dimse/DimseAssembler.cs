using System.Buffers;
using Dicom.Net.Pdus;

namespace Dicom.Net.Dimse;

/// <summary>
/// Makes messages of presentation data values (PS3.8 Annex E), and knows nothing of where data goes: the caller takes the fragments of
/// the data set as they come.
/// </summary>
/// <remarks>
/// <para>Rule 1: a message is the fragments of its command set, the last one marked, then those of its data set if the command set says
/// that one follows, the last one marked. Nothing comes between them (PS3.8 §E.1).</para>
/// <para>Rule 2: all fragments of a message have one presentation context ID.</para>
/// <para>Rule 3: how fragments are spread over PDUs means nothing, nor does their length: odd and empty ones are taken.</para>
/// <para>Rule 4: after a <see cref="DimseException"/> the association is to be aborted, and the assembler is not used again.</para>
/// </remarks>
internal sealed class DimseAssembler(DimseLimits limits)
{
    private enum Part
    {
        Nothing,
        CommandSet,
        DataSet,
    }

    private Part _awaited;
    private ArrayBufferWriter<byte>? _partialCommand;

    /// <summary>The command set of the present message, or of the last one between messages; null until it is complete.</summary>
    public CommandSet? Command { get; private set; }

    /// <summary>The encoded <see cref="Command"/>, in memory of its own: the caller may keep it.</summary>
    public ReadOnlyMemory<byte> CommandBytes { get; private set; }

    /// <summary>The presentation context of the message.</summary>
    public byte ContextId { get; private set; }

    /// <summary>Whether no message has begun that is not complete.</summary>
    public bool IsIdle => _awaited is Part.Nothing;

    /// <summary>Takes the next presentation data value of the association.</summary>
    /// <exception cref="DimseException">It does not belong here, or it completes a command set that cannot be decoded.</exception>
    public DimseStep Add(in PresentationDataValue pdv)
    {
        if (!IsIdle && pdv.ContextId != ContextId)
        {
            throw new DimseException($"A fragment has presentation context {pdv.ContextId} within a message of {ContextId}.");
        }

        return pdv.IsCommand ? AddToCommandSet(in pdv) : AddToDataSet(in pdv);
    }

    private DimseStep AddToCommandSet(in PresentationDataValue pdv)
    {
        if (_awaited is Part.DataSet)
        {
            throw new DimseException($"A command fragment came while the data set of {Command} is awaited.");
        }

        if (IsIdle)
        {
            Begin(pdv.ContextId);
        }

        var length = (_partialCommand?.WrittenCount ?? 0) + pdv.Fragment.Length;
        if (length > limits.MaximumCommandLength)
        {
            throw new DimseException($"A command set is over the limit of {limits.MaximumCommandLength} bytes.");
        }

        if (pdv.IsLast)
        {
            return CompleteCommandSet(pdv.Fragment);
        }

        _partialCommand ??= new();
        _partialCommand.Write(pdv.Fragment.Span);
        return DimseStep.NeedMore;
    }

    private void Begin(byte contextId)
    {
        Command = null;
        CommandBytes = default;
        ContextId = contextId;
        _awaited = Part.CommandSet;
    }

    private DimseStep CompleteCommandSet(ReadOnlyMemory<byte> lastFragment)
    {
        CommandBytes = Joined(lastFragment);
        Command = CommandSet.Read(CommandBytes.Span, limits);
        _awaited = Command.HasDataSet ? Part.DataSet : Part.Nothing;
        return Command.HasDataSet ? DimseStep.CommandCompleteDataFollows : DimseStep.CommandComplete;
    }

    // The usual command set comes whole in one fragment, and is copied once.
    private ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte> lastFragment)
    {
        if (_partialCommand is null)
        {
            return lastFragment.ToArray();
        }

        _partialCommand.Write(lastFragment.Span);
        var joined = _partialCommand.WrittenMemory;
        _partialCommand = null;
        return joined;
    }

    private DimseStep AddToDataSet(in PresentationDataValue pdv)
    {
        if (_awaited is not Part.DataSet)
        {
            throw new DimseException(
                IsIdle ? "A data fragment came before a command set." : "A data fragment came before the end of the command set.");
        }

        if (!pdv.IsLast)
        {
            return DimseStep.DataFragment;
        }

        _awaited = Part.Nothing;
        return DimseStep.LastDataFragment;
    }
}
