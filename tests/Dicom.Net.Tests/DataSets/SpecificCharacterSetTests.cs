using System.Text;
using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class SpecificCharacterSetTests
{
    [Theory]
    [InlineData("ISO_IR 100", "C4 6E 65 61 73", "Äneas")]
    [InlineData("ISO_IR 101", "57 B3 6F 64 61 72 73 6B 69", "Włodarski")]
    [InlineData("ISO_IR 109", "A1 61", "Ħa")]
    [InlineData("ISO_IR 110", "A1 61", "Ąa")]
    [InlineData("ISO_IR 144", "BB EE DA 63 65 DC D1 79 70 D3", "Люкceмбypг")]
    [InlineData("ISO_IR 127", "E2 C8 C7 E6 EA", "قباني")]
    [InlineData("ISO_IR 126", "C4 E9 EF ED F5 F3 E9 EF F2", "Διονυσιος")]
    [InlineData("ISO_IR 138", "F9 F8 E5 EF", "שרון")]
    [InlineData("ISO_IR 148", "C7 DD DE", "ÇİŞ")]
    [InlineData("ISO_IR 203", "A4", "€")]
    [InlineData("ISO_IR 166", "A1 D2", "กา")]
    [InlineData("ISO_IR 13", "D4 CF C0 DE 5E C0 DB B3", "ﾔﾏﾀﾞ^ﾀﾛｳ")]
    [InlineData("ISO_IR 192", "57 61 6E 67 5E E7 8E 8B", "Wang^王")]
    [InlineData("GB18030", "57 61 6E 67 5E CD F5", "Wang^王")]
    [InlineData("GBK", "CD F5 5E D0 A1 B6 AB", "王^小东")]
    [InlineData("ISO-IR 100", "C4", "Ä")]
    [InlineData("ISO_IR 6", "41", "A")]
    [InlineData("", "41 C4", "A\uFFFD")]
    [InlineData("NO SUCH SET", "41 C4", "A\uFFFD")]
    public void Decode_OneSet_IsItsText(string term, string bytes, string text) =>
        Assert.Equal(text, SpecificCharacterSet.Of([term]).Decode(FromHex(bytes), DicomVR.PN));

    // The examples of PS3.5 Annexes H (Japanese), I (Korean) and K (Chinese), and single-byte sets mixed.
    [Theory]
    [InlineData(
        "\\ISO 2022 IR 87",
        "59 61 6D 61 64 61 5E 54 61 72 6F 75 3D 1B 24 42 3B 33 45 44 1B 28 42 5E 1B 24 42 42 40 4F 3A 1B 28 42 3D "
        + "1B 24 42 24 64 24 5E 24 40 1B 28 42 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 42",
        "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData(
        "ISO 2022 IR 13\\ISO 2022 IR 87",
        "D4 CF C0 DE 5E C0 DB B3 3D 1B 24 42 3B 33 45 44 1B 28 4A 5E 1B 24 42 42 40 4F 3A 1B 28 4A",
        "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎")]
    [InlineData(
        "\\ISO 2022 IR 149",
        "48 6F 6E 67 5E 47 69 6C 64 6F 6E 67 3D 1B 24 29 43 FB F3 5E 1B 24 29 43 D1 CE D4 D7 3D "
        + "1B 24 29 43 C8 AB 5E 1B 24 29 43 B1 E6 B5 BF",
        "Hong^Gildong=洪^吉洞=홍^길동")]
    [InlineData("\\ISO 2022 IR 58", "5A 68 61 6E 67 5E 58 3D 1B 24 29 41 D5 C5 5E 1B 24 29 41 D0 A1 B6 AB", "Zhang^X=张^小东")]
    [InlineData("\\ISO 2022 IR 159", "1B 24 28 44 30 21 1B 28 42", "丂")]
    [InlineData("ISO 2022 IR 100\\ISO 2022 IR 126", "C4 1B 2D 46 C4 5C C4", "ÄΔ\\Ä")]
    [InlineData("ISO 2022 IR 100", "C4 1B 2D 4C BB", "ÄЛ")]
    [InlineData("\\ISO 2022 IR 87", "1B 24 42 3B", "\uFFFD")]
    [InlineData("\\ISO 2022 IR 87", "41 1B", "A\u001B")]
    [InlineData("\\ISO 2022 IR 87", "1B 7A 41", "\u001BzA")]
    public void Decode_CodeExtensions_SwitchBetweenSets(string terms, string bytes, string text) =>
        Assert.Equal(text, SpecificCharacterSet.Of(terms.Split('\\')).Decode(FromHex(bytes), DicomVR.PN));

    [Fact]
    public void GetStrings_OfTwoByteCharactersWithABackslashInThem_AreNotCutInTwo()
    {
        // 5CH, the code of the backslash, is the second byte of 3C5CH in JIS X 0208 and of D55CH in GBK.
        using DicomDataSet japanese = Parse(Join(
            Explicit(0x00080005, "CS", "\\ISO 2022 IR 87"), Explicit(0x00081030, "LO", FromHex("1B 24 42 3C 5C 1B 28 42 5C 41"))));
        using DicomDataSet chinese = Parse(Join(
            Explicit(0x00080005, "CS", "GBK "), Explicit(0x00081030, "LO", FromHex("D5 5C 5C 41"))));

        Assert.Equal(["尺", "A"], japanese.GetStrings(DicomTag.StudyDescription));
        Assert.Equal(["誠", "A"], chinese.GetStrings(DicomTag.StudyDescription));
    }

    // PS3.5 §6.1.2.5.3: ^ and = are delimiters of PN alone, the backslash where there may be several values; a line's end is one everywhere.
    [Theory]
    [InlineData("LO", "3D", "洪=吉洞")]
    [InlineData("SH", "5E", "洪^吉洞")]
    [InlineData("ST", "5E", "洪^吉洞")]
    [InlineData("ST", "5C", "洪\\吉洞")]
    [InlineData("LT", "5C", "洪\\吉洞")]
    [InlineData("UT", "5C", "洪\\吉洞")]
    [InlineData("UC", "3D", "洪=吉洞")]
    [InlineData("PN", "3D", "洪=\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("PN", "5E", "洪^\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("LT", "0A", "洪\n\uFFFD\uFFFD\uFFFD\uFFFD")]
    public void GetString_AfterACharacter_HasTheSetInForceUnlessItIsADelimiterOfTheVR(string vr, string character, string text)
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00080005, "CS", "\\ISO 2022 IR 149"),
            Explicit(0x00104000, vr, FromHex($"1B 24 29 43 FB F3 {character} D1 CE D4 D7 20"))));

        Assert.Equal(text, dataSet.GetString(0x00104000));
    }

    [Fact]
    public void GetStrings_OfSeveralValues_BeginEachInTheFirstSet()
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00080005, "CS", "\\ISO 2022 IR 149"),
            Explicit(0x00081030, "LO", FromHex("1B 24 29 43 FB F3 5C D1 CE 20"))));

        Assert.Equal(["洪", "\uFFFD\uFFFD"], dataSet.GetStrings(DicomTag.StudyDescription));
    }

    [Theory]
    [InlineData("ISO_IR 100", "Äneas")]
    [InlineData("ISO_IR 192", "Wang^王=王")]
    [InlineData("GB18030", "王^小东")]
    [InlineData("ISO_IR 13", "ﾔﾏﾀﾞ")]
    [InlineData("ISO_IR 144", "Люкс")]
    public void TryEncode_TextOfTheSet_DecodesToTheSame(string term, string text)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Of([term]);

        Assert.Equal(text, set.Decode(set.TryEncode(text), DicomVR.PN));
    }

    [Theory]
    [InlineData("", "Ä")]
    [InlineData("ISO_IR 100", "Л")]
    [InlineData("ISO_IR 13", "山")]
    public void TryEncode_CharacterThatTheSetLacks_IsNull(string term, string text) =>
        Assert.Null(SpecificCharacterSet.Of([term]).TryEncode(text));

    [Fact]
    public void Decode_RandomBytes_NeverFails()
    {
        Random random = new(4711);
        byte[] bytes = new byte[64];
        string[] japanese = ["", "ISO 2022 IR 87", "ISO 2022 IR 159"];
        string[] koreanAndChinese = ["", "ISO 2022 IR 149", "ISO 2022 IR 58"];
        foreach (string[] terms in new[] { [], ["ISO_IR 13"], ["ISO_IR 192"], ["GB18030"], ["GBK"], japanese, koreanAndChinese })
        {
            for (int i = 0; i < 500; i++)
            {
                random.NextBytes(bytes);
                bytes[random.Next(64)] = 0x1B;
                Assert.NotNull(SpecificCharacterSet.Of(terms).Decode(bytes, i % 2 == 0 ? DicomVR.PN : DicomVR.LT));
            }
        }
    }

    private static byte[] FromHex(string hex) => Convert.FromHexString(new StringBuilder(hex).Replace(" ", "").ToString());
}
