using System.Buffers.Binary;

namespace Dicom.Net.Pdus;

/// <summary>
/// Blanks what is secret in a stream of PDUs: the fields of user identities (PS3.7 §D.3.3.7), and the fragments of data sets if wanted. All
/// lengths stay, so that the stream reads as before.
/// </summary>
/// <remarks>
/// The bytes may come in any pieces: what was seen of a header is kept, nothing else. Lengths that lie are cut to what encloses them; after a
/// type of PDU that does not exist, nothing is looked at any more.
/// </remarks>
/// <param name="masksDataSets">Whether the fragments of data sets become zeros.</param>
internal sealed class PduMask(bool masksDataSets)
{
    private const byte UserInformationItem = ItemType.UserInformation;
    private const byte UserIdentityRqItem = 0x58; // PS3.7 §D.3.3.7.1.
    private const byte UserIdentityAcItem = 0x59; // PS3.7 §D.3.3.7.2.
    private const int ItemHeaderSize = 4;
    private const int LengthSize = 2;
    private const int PdvHeaderSize = 6; // PS3.8 Table 9-23 and §E.2.

    /// <summary>What stands in an A-ASSOCIATE-RQ or -AC before its items (PS3.8 Table 9-11).</summary>
    private const int FixedFieldsSize = 68;

    private readonly byte[] _field = new byte[PduHeader.Size];
    private Part _part = Part.PduHeader;
    private int _filled;
    private long _left = PduHeader.Size;
    private long _pduLeft;
    private long _itemLeft;
    private long _subItemLeft;

    private enum Part
    {
        PduHeader,
        FixedFields,
        ItemHeader,
        Item,
        SubItemHeader,
        SubItem,
        IdentityHeader,
        PrimaryField,
        SecondaryLength,
        SecondaryField,
        PdvHeader,
        CommandFragment,
        DataFragment,
        Rest,
        Lost,
    }

    /// <summary>Blanks what is secret in the next bytes, where they lie.</summary>
    public void Apply(Span<byte> bytes)
    {
        while (!bytes.IsEmpty && _part != Part.Lost)
        {
            var count = (int)Math.Min(_left, bytes.Length);
            Take(bytes[..count]);
            bytes = bytes[count..];
            _left -= count;
            while (_left == 0 && _part != Part.Lost)
            {
                Next();
            }
        }
    }

    private void Take(Span<byte> bytes)
    {
        switch (_part)
        {
            case Part.PrimaryField or Part.SecondaryField:
                bytes.Fill((byte)'*');
                break;
            case Part.DataFragment:
                bytes.Clear();
                break;
            case Part.PduHeader or Part.ItemHeader or Part.SubItemHeader or Part.IdentityHeader or Part.PdvHeader:
                bytes.CopyTo(_field.AsSpan(_filled));
                _filled += bytes.Length;
                break;
        }
    }

    private void Next()
    {
        switch (_part)
        {
            case Part.PduHeader:
                BeginPdu();
                break;
            case Part.FixedFields or Part.Item:
                Begin(_pduLeft < ItemHeaderSize ? Part.Rest : Part.ItemHeader, _pduLeft < ItemHeaderSize ? _pduLeft : ItemHeaderSize);
                break;
            case Part.ItemHeader:
                BeginItem();
                break;
            case Part.SubItemHeader:
                BeginSubItem();
                break;
            case Part.SubItem or Part.SecondaryField:
                GoOnInItem();
                break;
            case Part.IdentityHeader:
                BeginInSubItem(Part.PrimaryField, ShortAt(2));
                break;
            case Part.PrimaryField:
                BeginInSubItem(Part.SecondaryLength, LengthSize);
                break;
            case Part.SecondaryLength:
                BeginInSubItem(Part.SecondaryField, _subItemLeft);
                break;
            case Part.PdvHeader:
                BeginFragment();
                break;
            case Part.CommandFragment or Part.DataFragment:
                GoOnInPData();
                break;
            default:
                (_part, _left, _filled) = (Part.PduHeader, PduHeader.Size, 0);
                break;
        }
    }

    private void BeginPdu()
    {
        PduHeader.TryRead(_field, out var header);
        _pduLeft = header.Length;
        switch ((PduType)header.Type)
        {
            case PduType.AAssociateRq or PduType.AAssociateAc:
                Begin(Part.FixedFields, FixedFieldsSize);
                break;
            case PduType.PDataTf when masksDataSets:
                GoOnInPData();
                break;
            case >= PduType.AAssociateRq and <= PduType.AAbort:
                Begin(Part.Rest, _pduLeft);
                break;
            default:
                _part = Part.Lost;
                break;
        }
    }

    private void BeginItem()
    {
        var length = Math.Min(ShortAt(2), _pduLeft);
        if (_field[0] == UserInformationItem)
        {
            _itemLeft = length;
            GoOnInItem();
        }
        else
        {
            Begin(Part.Item, length);
        }
    }

    private void GoOnInItem()
    {
        var isHeader = _itemLeft >= ItemHeaderSize;
        BeginInItem(isHeader ? Part.SubItemHeader : Part.Item, isHeader ? ItemHeaderSize : _itemLeft);
    }

    private void BeginSubItem()
    {
        _subItemLeft = Math.Min(ShortAt(2), _itemLeft);
        switch (_field[0])
        {
            case UserIdentityRqItem when _subItemLeft >= ItemHeaderSize:
                BeginInSubItem(Part.IdentityHeader, ItemHeaderSize);
                break;
            case UserIdentityAcItem when _subItemLeft >= LengthSize:
                BeginInSubItem(Part.SecondaryLength, LengthSize);
                break;
            case UserIdentityRqItem or UserIdentityAcItem:
                BeginInSubItem(Part.SecondaryField, _subItemLeft);
                break;
            default:
                BeginInSubItem(Part.SubItem, _subItemLeft);
                break;
        }
    }

    private void GoOnInPData()
    {
        var isHeader = _pduLeft >= PdvHeaderSize;
        Begin(isHeader ? Part.PdvHeader : Part.Rest, isHeader ? PdvHeaderSize : _pduLeft);
    }

    private void BeginFragment()
    {
        // The length counts the context id and the message control header (PS3.8 Table 9-23); bit 0 says that it is a command (§E.2).
        var length = Math.Max(0, BinaryPrimitives.ReadUInt32BigEndian(_field) - 2L);
        Begin((_field[5] & 1) != 0 ? Part.CommandFragment : Part.DataFragment, length);
    }

    private int ShortAt(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_field.AsSpan(offset));

    private void BeginInSubItem(Part part, long length)
    {
        var cut = Math.Min(length, _subItemLeft);
        _subItemLeft -= cut;
        BeginInItem(part, cut);
    }

    private void BeginInItem(Part part, long length)
    {
        var cut = Math.Min(length, _itemLeft);
        _itemLeft -= cut;
        Begin(part, cut);
    }

    private void Begin(Part part, long length)
    {
        (_part, _left, _filled) = (part, Math.Min(length, _pduLeft), 0);
        _pduLeft -= _left;
    }
}
