using Dicom.Net.DataSets;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>Text of the peer: decoded without loss, shown without harm; and by any Specific Character Set decoded to some text.</summary>
internal sealed class TextTarget : IFuzzTarget
{
    private static readonly string[] Terms =
    [
        "", "ISO_IR 6", "ISO_IR 100", "ISO_IR 13", "ISO_IR 192", "GB18030", "GBK", "ISO 2022 IR 6", "ISO 2022 IR 87", "ISO 2022 IR 149",
        "ISO 2022 IR 159", "ISO 2022 IR 58", "ISO 2022 IR 13", "ISO 2022 IR 127", "ISO-IR 999999999999", "nonsense",
    ];

    private static readonly byte[][] Pieces =
    [
        [0x1B], [0x1B, 0x24], [0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42], [0x1B, 0x24, 0x29, 0x43], [0x1B, 0x24, 0x29, 0x41], [0x1B, 0x2D, 0x41],
        [0x1B, 0x28, 0x4A], [0x1B, 0x29, 0x49], [0x1B, 0x24, 0x28, 0x44], [0x5C], [0x5E], [0x3D], [0x0D, 0x0A], [0x00], [0xC3, 0x28], [0xFF],
    ];

    public string Name => "text";

    /// <summary>On one line, of ASCII that a terminal only prints.</summary>
    public static void RequirePrintable(string text)
    {
        foreach (var character in text)
        {
            if (character is (< ' ' or > '~') and not '§' and not '→')
            {
                throw new FuzzFinding($"U+{(int)character:X4} would get into the log.");
            }
        }
    }

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var bytes = fuzzCase.Input = Make(random);
        var allocations = new Allocations();
        foreach (var text in (string[])[PeerText.AETitle(bytes), PeerText.Uid(bytes), PeerText.Name(bytes)])
        {
            FuzzFinding.Unless(text.Length <= bytes.Length, "The text is longer than its bytes.");
            var shown = PeerText.Escape(text);
            RequirePrintable(shown);
            FuzzFinding.Unless(shown.Length <= 64 * 6 + 3, $"{shown.Length} characters are shown.");
        }

        var terms = new string[random.Next(4)];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = random.Pick<string>(Terms);
        }

        var set = SpecificCharacterSet.Of(terms);
        var decoded = set.Decode(bytes, random.Pick<DicomVR>([DicomVR.PN, DicomVR.LO, DicomVR.UT]));
        FuzzFinding.Unless(decoded.Length <= 2 * bytes.Length + 2, $"{bytes.Length} bytes became {decoded.Length} characters.");
        fuzzCase.IsTaken = set.TryEncode(decoded) is not null;
        allocations.RequireAtMost(100_000, 1000, bytes.Length);
    }

    private static byte[] Make(FuzzRandom random)
    {
        List<byte> bytes = [];
        for (var count = random.Next(12); count > 0; count--)
        {
            bytes.AddRange(random.OneIn(2) ? random.Pick<byte[]>(Pieces) : random.NextBytes(random.Next(6)));
        }

        return [.. bytes];
    }
}
