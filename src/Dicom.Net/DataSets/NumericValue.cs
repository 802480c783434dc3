using System.Buffers.Binary;
using System.Globalization;

namespace Dicom.Net.DataSets;

/// <summary>Numbers, binary (PS3.5 §6.2: US, SS, UL, SL, UV, SV, FL, FD, AT) and in decimal digits (IS, DS).</summary>
internal static class NumericValue
{
    // A double holds every integer up to here exactly.
    private const double LargestExact = 1L << 53;

    /// <summary>Reads one of an element's numbers as an integer.</summary>
    /// <returns>False where there is no such value, or it is no integer of 64 bits.</returns>
    public static bool TryReadInteger(DicomElement element, int index, out long value)
    {
        DicomVR vr = element.KnownVR;
        value = 0;
        if (vr is DicomVR.FL or DicomVR.FD or DicomVR.DS)
        {
            bool isExact = TryReadDouble(element, index, out double number)
                && Math.Floor(number) == number && Math.Abs(number) <= LargestExact;
            value = isExact ? (long)number : 0;
            return isExact;
        }

        if (vr == DicomVR.IS)
        {
            return TryGetText(element, index, out string text)
                && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        }

        Span<byte> bytes = stackalloc byte[8];
        return TryGetLittleEndian(element, vr, index, ref bytes) && TryReadInteger(bytes, vr, out value);
    }

    /// <summary>Reads one of an element's numbers as a floating point number.</summary>
    /// <returns>False where there is no such value, or no number in it.</returns>
    public static bool TryReadDouble(DicomElement element, int index, out double value)
    {
        DicomVR vr = element.KnownVR;
        value = 0;
        if (vr is DicomVR.DS or DicomVR.IS)
        {
            return TryGetText(element, index, out string text)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        Span<byte> bytes = stackalloc byte[8];
        if (!TryGetLittleEndian(element, vr, index, ref bytes))
        {
            return false;
        }

        if (vr is DicomVR.FL or DicomVR.FD)
        {
            value = vr == DicomVR.FL ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes);
            return true;
        }

        if (vr == DicomVR.UV)
        {
            value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            return true;
        }

        bool isInteger = TryReadInteger(bytes, vr, out long integer);
        value = integer;
        return isInteger;
    }

    /// <summary>Encodes an integer in little endian, or in digits.</summary>
    /// <returns>The bytes, padded; null where the VR has no such number.</returns>
    public static byte[]? TryWrite(long value, DicomVR vr)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return vr switch
        {
            DicomVR.US when value is >= 0 and <= ushort.MaxValue => bytes[..2],
            DicomVR.SS when value is >= short.MinValue and <= short.MaxValue => bytes[..2],
            DicomVR.UL when value is >= 0 and <= uint.MaxValue => bytes[..4],
            DicomVR.SL when value is >= int.MinValue and <= int.MaxValue => bytes[..4],
            DicomVR.UV when value >= 0 => bytes,
            DicomVR.SV => bytes,

            // A tag is two words, the group first (PS3.5 §6.2).
            DicomVR.AT when value is >= 0 and <= uint.MaxValue => [bytes[2], bytes[3], bytes[0], bytes[1]],
            DicomVR.IS when value is >= int.MinValue and <= int.MaxValue => Digits(value, vr),
            _ => TryWrite((double)value, vr),
        };
    }

    /// <summary>Encodes a floating point number in little endian, or in digits.</summary>
    /// <returns>The bytes, padded; null where the VR has no such number.</returns>
    public static byte[]? TryWrite(double value, DicomVR vr)
    {
        byte[] bytes = new byte[8];
        switch (vr)
        {
            case DicomVR.FL:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                return bytes[..4];
            case DicomVR.FD:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                return bytes;
            case DicomVR.DS when double.IsFinite(value):
                return TextValue.TryWrite(ToDecimalString(value), vr, SpecificCharacterSet.Default);
            default:
                return null;
        }
    }

    /// <summary>A number as DS holds it, in at most 16 characters (PS3.5 §6.2): as many digits as fit.</summary>
    public static string ToDecimalString(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        for (int precision = 15; digits.Length > 16; precision--)
        {
            digits = value.ToString($"G{precision}", CultureInfo.InvariantCulture);
        }

        return digits;
    }

    private static byte[]? Digits(long value, DicomVR vr) =>
        TextValue.TryWrite(value.ToString(CultureInfo.InvariantCulture), vr, SpecificCharacterSet.Default);

    private static bool TryGetText(DicomElement element, int index, out string text)
    {
        string[] values = TextValue.Split(TextValue.Read(element, SpecificCharacterSet.Default), element.KnownVR);
        bool isThere = index >= 0 && index < values.Length;
        text = isThere ? values[index] : string.Empty;
        return isThere;
    }

    private static bool TryGetLittleEndian(DicomElement element, DicomVR vr, int index, ref Span<byte> bytes)
    {
        // PS3.5 §6.2: a tag's words are two; the others' number is one word.
        int size = vr == DicomVR.AT ? 4 : vr.WordSize();
        if (!vr.IsBinaryNumber() || index < 0 || (index + 1L) * size > element.Length)
        {
            return false;
        }

        bytes = bytes[..size];
        element.Value.CopyTo((long)index * size, bytes);
        if (element.ValueSyntax.IsBigEndian)
        {
            ByteOrder.Reverse(bytes, vr.WordSize());
        }

        return true;
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> bytes, DicomVR vr, out long value)
    {
        value = vr switch
        {
            DicomVR.US => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            DicomVR.SS => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            DicomVR.UL => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            DicomVR.SL => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            DicomVR.AT => ((long)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)
                | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
            DicomVR.UV or DicomVR.SV => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => 0,
        };

        // The upper half of UV does not fit.
        return vr != DicomVR.UV || value >= 0;
    }
}
