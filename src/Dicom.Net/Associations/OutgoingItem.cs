namespace Dicom.Net.Associations;

/// <summary>Something that waits to be sent: it writes itself, piece by piece, into the buffer of a <see cref="SendQueue"/>.</summary>
internal abstract class OutgoingItem : IDisposable
{
    /// <summary>The type of PDU, told to the handler when the item has gone out.</summary>
    public abstract Pdus.PduType Type { get; }

    /// <summary>The size of buffer that serves the item well, in bytes; into an empty one of this size <see cref="Fill"/> always writes something.</summary>
    public abstract int PreferredOutput { get; }

    public abstract bool IsComplete { get; }

    /// <summary>Bytes written so far.</summary>
    public abstract long Written { get; }

    /// <summary>Writes as many whole PDUs as fit; returns the number of bytes written, 0 when not even one fits.</summary>
    public abstract int Fill(Span<byte> output);

    /// <summary>Releases what the item holds; called when it has gone out, or never will.</summary>
    public virtual void Dispose()
    {
    }
}
