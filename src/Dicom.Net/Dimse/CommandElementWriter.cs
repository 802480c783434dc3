using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.Dimse;

/// <summary>
/// Writes command elements in Implicit VR Little Endian, the group length first (PS3.7 §6.3.1). Absent values are left out.
/// </summary>
/// <param name="output">Room for the longest encoding of the command set.</param>
internal ref struct CommandElementWriter(Span<byte> output)
{
    /// <summary>Bytes of an element's tag and length (PS3.5 §7.1.3).</summary>
    public const int HeaderSize = 8;

    /// <summary>Bytes of the element Command Group Length.</summary>
    public const int GroupLengthSize = HeaderSize + sizeof(uint);

    /// <summary>The most characters of an Error Comment: VR LO (PS3.5 §6.2).</summary>
    public const int LongStringLength = 64;

    /// <summary>The most characters of an AE title: VR AE (PS3.5 §6.2).</summary>
    public const int ApplicationEntityLength = 16;

    private readonly Span<byte> _output = output;
    private int _length = GroupLengthSize;

    /// <summary>Writes the group length into the place kept for it.</summary>
    /// <returns>The number of bytes of the command set.</returns>
    public int Finish()
    {
        var end = _length;
        _length = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(Element(CommandTag.CommandGroupLength, sizeof(uint)), (uint)(end - GroupLengthSize));
        return end;
    }

    /// <summary>VR US.</summary>
    public void UnsignedShort(ushort number, ushort? value)
    {
        if (value is { } present)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Element(number, sizeof(ushort)), present);
        }
    }

    /// <summary>VR UI, padded with a NUL to an even length (PS3.5 §9.1) unless the peer's own bytes are kept.</summary>
    public void Uid(ushort number, CommandUid uid)
    {
        if (!uid.IsPresent)
        {
            return;
        }

        var value = Element(number, uid.EncodedLength);
        if (uid.AsSent is { } asSent)
        {
            asSent.CopyTo(value);
        }
        else
        {
            value[^1] = 0;
            WriteLatin1(number, uid.Text!, value);
        }
    }

    /// <summary>VR AE.</summary>
    public void ApplicationEntity(ushort number, string? title)
    {
        if (title?.Length > ApplicationEntityLength)
        {
            throw new ArgumentException($"\"{title}\" is no AE title: give at most {ApplicationEntityLength} characters (PS3.5 §6.2).");
        }

        Text(number, title);
    }

    /// <summary>
    /// VR LO. A text that is too long is cut and what cannot be sent is replaced: a comment must never cost the response.
    /// </summary>
    public void LongString(ushort number, string? text)
    {
        if (text is not null)
        {
            var cut = text.AsSpan(0, Math.Min(text.Length, LongStringLength));
            Text(number, string.Create(cut.Length, cut, static (printable, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    // A backslash would separate two values (PS3.5 §6.2).
                    printable[i] = source[i] is >= ' ' and <= '~' and not '\\' ? source[i] : '?';
                }
            }));
        }
    }

    /// <summary>VR AT.</summary>
    public void Tags(ushort number, IReadOnlyList<uint> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        var value = Element(number, tags.Count * sizeof(uint));
        for (var i = 0; i < tags.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(value[(i * sizeof(uint))..], uint.RotateLeft(tags[i], 16));
        }
    }

    private void Text(ushort number, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            var value = Element(number, text.Length + 1 & ~1);
            value[^1] = (byte)' ';
            WriteLatin1(number, text, value);
        }
    }

    private static void WriteLatin1(ushort number, string text, Span<byte> value)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            throw new ArgumentException($"\"{text}\" has characters that a command set cannot hold (0000,{number:X4}).");
        }

        Encoding.Latin1.GetBytes(text, value);
    }

    private Span<byte> Element(ushort number, int length)
    {
        var element = _output.Slice(_length, HeaderSize + length);
        BinaryPrimitives.WriteUInt16LittleEndian(element, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(element[2..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(element[4..], (uint)length);
        _length += element.Length;
        return element[HeaderSize..];
    }
}
