using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>One line for a PDU, as <see cref="PduSummary"/> has it, and the names of the messages that begin in it.</summary>
internal static class PduDescription
{
    private static readonly DimseLimits Limits = new();

    /// <param name="header">The PDU's header.</param>
    /// <param name="body">What follows it, or as much of it as is there.</param>
    public static string Of(PduHeader header, ReadOnlySpan<byte> body)
    {
        var summary = PduSummary.Describe(header, body);
        if (header.Type != (byte)PduType.PDataTf)
        {
            return summary;
        }

        var messages = new List<string>();
        while (PdvHeader.TryRead(body, out var pdv))
        {
            // A command set in several fragments, which hardly anybody sends, stays nameless.
            if (pdv is { IsCommand: true, IsLast: true } && NameOf(body.Slice(PdvHeader.Size, pdv.FragmentLength)) is { } name)
            {
                messages.Add(name);
            }

            body = body[(PdvHeader.Size + pdv.FragmentLength)..];
        }

        return messages.Count == 0 ? summary : $"{summary} ({string.Join("; ", messages)})";
    }

    private static string? NameOf(ReadOnlySpan<byte> commandSet)
    {
        try
        {
            var command = CommandSet.Read(commandSet, Limits);
            return command.Status is { } status ? $"{command}, {(int)status:X4}H" : command.ToString();
        }
        catch (DimseException)
        {
            return null;
        }
    }
}
