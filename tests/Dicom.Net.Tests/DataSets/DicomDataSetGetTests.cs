using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDataSetGetTests
{
    private const uint Private = 0x00291010;

    public static TheoryData<DicomVR> AllVRs => [.. Enum.GetValues<DicomVR>().Where(vr => vr != DicomVR.None), (DicomVR)(('Z' << 8) | 'Z')];

    [Theory]
    [InlineData("US", new byte[] { 0xFF, 0xFF }, 65535)]
    [InlineData("SS", new byte[] { 0xFF, 0xFF }, -1)]
    [InlineData("UL", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, 4294967295)]
    [InlineData("SL", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData("UV", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0x10 }, 0x1000000000000001)]
    [InlineData("SV", new byte[] { 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -3)]
    [InlineData("AT", new byte[] { 0x10, 0x00, 0x20, 0x00 }, 0x00100020)]
    [InlineData("IS", new byte[] { 0x20, 0x2D, 0x34, 0x32 }, -42)]
    [InlineData("DS", new byte[] { 0x34, 0x2E, 0x30, 0x20 }, 4)]
    [InlineData("FL", new byte[] { 0, 0, 0x40, 0x40 }, 3)]
    [InlineData("FD", new byte[] { 0, 0, 0, 0, 0, 0, 0x08, 0x40 }, 3)]
    public void GetInt64_OfNumericVR_IsTheNumber(string vr, byte[] value, long expected)
    {
        using DicomDataSet dataSet = Parse(Explicit(Private, vr, value));

        Assert.Equal(expected, dataSet.GetInt64(Private));
        Assert.True(dataSet.TryGetInt64(Private, out long number));
        Assert.Equal(expected, number);
        Assert.True(vr == "AT" || (double)expected == dataSet.GetDouble(Private));
    }

    [Theory]
    [InlineData("UI", " 1.2")]
    [InlineData("LO", "1.2")]
    public void GetString_SpacesInFront_BelongToAUidOnly(string vr, string expected)
    {
        using DicomDataSet dataSet = Parse(Explicit(Private, vr, " 1.2"u8.ToArray()));

        Assert.Equal(expected, dataSet.GetString(Private));
    }

    [Theory]
    [InlineData("FD", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x7F })]
    [InlineData("FD", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x7F })]
    [InlineData("FL", new byte[] { 0, 0, 0x20, 0x40 })]
    [InlineData("UV", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData("US", new byte[] { })]
    [InlineData("UL", new byte[] { 1, 2 })]
    [InlineData("IS", new byte[] { 0x31, 0x2E, 0x35, 0x20 })]
    [InlineData("IS", new byte[] { 0x78, 0x20 })]
    [InlineData("DS", new byte[] { })]
    public void GetInt64_OfWhatIsNoInteger_ThrowsFormatException(string vr, byte[] value)
    {
        using DicomDataSet dataSet = Parse(Explicit(Private, vr, value));

        Assert.Throws<FormatException>(() => dataSet.GetInt64(Private));
        Assert.False(dataSet.TryGetInt64(Private, out _));
    }

    [Fact]
    public void GetInt32_OfSeveralValues_TakesTheIndex()
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00280008, "IS", "1\\2\\3"),
            Explicit(0x00280010, "US", [1, 0, 2, 0, 3, 0]),
            Explicit(0x00283010, "DS", "0.5\\1.5 ")));

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(i => dataSet.GetInt32(DicomTag.Rows, i)));
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(i => dataSet.GetInt32(DicomTag.NumberOfFrames, i)));
        Assert.Equal(1.5, dataSet.GetDouble(0x00283010, 1));
        Assert.Throws<FormatException>(() => dataSet.GetInt32(DicomTag.Rows, 3));
        Assert.Throws<FormatException>(() => dataSet.GetInt32(DicomTag.Rows, -1));
        Assert.Throws<FormatException>(() => dataSet.GetDouble(DicomTag.NumberOfFrames, 3));
    }

    [Fact]
    public void GetInt32AndUInt16_BeyondTheirRange_ThrowFormatException()
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00290010, "UL", [0, 0, 0, 0x80]), Explicit(0x00290011, "SS", [0xFF, 0xFF])));

        Assert.Throws<FormatException>(() => dataSet.GetInt32(0x00290010));
        Assert.False(dataSet.TryGetInt32(0x00290010, out _));
        Assert.Throws<FormatException>(() => dataSet.GetUInt16(0x00290011));
        Assert.False(dataSet.TryGetUInt16(0x00290011, out _));
        Assert.Equal(-1, dataSet.GetInt32(0x00290011));
    }

    [Fact]
    public void Get_OfAbsentElement_IsNothingOrThrowsKeyNotFound()
    {
        using DicomDataSet dataSet = Parse([]);

        Assert.Null(dataSet.GetString(DicomTag.PatientID));
        Assert.Null(dataSet.GetBytes(DicomTag.PatientID));
        Assert.Empty(dataSet.GetStrings(DicomTag.PatientID));
        Assert.Empty(dataSet.GetItems(DicomTag.ReferencedStudySequence));
        Assert.False(dataSet.TryGetString(DicomTag.PatientID, out _));
        Assert.False(dataSet.TryGetItems(DicomTag.ReferencedStudySequence, out _));
        Assert.False(dataSet.TryGetDouble(DicomTag.Rows, out _));
        Assert.Throws<KeyNotFoundException>(() => dataSet.GetInt32(DicomTag.Rows));
        Assert.Throws<KeyNotFoundException>(() => dataSet.GetDouble(DicomTag.Rows));
    }

    [Theory]
    [MemberData(nameof(AllVRs))]
    public void Get_OfAnyVR_IsAValueOrADocumentedError(DicomVR vr)
    {
        string letters = Net.DataSets.VRTraits.Letters(vr);
        foreach (byte[] value in new byte[][] { [], [0x31, 0x20], [0xFF, 0xFE, 0xFD, 0xFC], [1, 2, 3, 4, 5, 6, 7, 8], Item() })
        {
            using DicomDataSet dataSet = Parse(Explicit(Private, letters, value));
            ExpectDocumented(() => dataSet.GetString(Private));
            ExpectDocumented(() => dataSet.GetStrings(Private));
            ExpectDocumented(() => dataSet.GetInt32(Private));
            ExpectDocumented(() => dataSet.GetInt64(Private));
            ExpectDocumented(() => dataSet.GetUInt16(Private));
            ExpectDocumented(() => dataSet.GetDouble(Private));
            ExpectDocumented(() => dataSet.GetItems(Private));
            Assert.Equal(value, dataSet.GetBytes(Private));
            ExpectNoError(() => dataSet.TryGetString(Private, out _));
            ExpectNoError(() => dataSet.TryGetInt32(Private, out _));
            ExpectNoError(() => dataSet.TryGetInt64(Private, out _));
            ExpectNoError(() => dataSet.TryGetUInt16(Private, out _));
            ExpectNoError(() => dataSet.TryGetDouble(Private, out _));
            ExpectNoError(() => dataSet.TryGetItems(Private, out _));
        }
    }

    [Theory]
    [MemberData(nameof(AllVRs))]
    public void GetString_WithCharacterSetOfAnyVR_DoesNotFail(DicomVR vr)
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00080005, Net.DataSets.VRTraits.Letters(vr), "ISO_IR 100"), Explicit(0x00100010, "PN", [0x41, 0xE4])));

        Assert.StartsWith("A", dataSet.GetString(DicomTag.PatientName), StringComparison.Ordinal);
    }

    [Fact]
    public void GetString_OfUNThatTheDictionaryKnows_IsText()
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00100020, "UN", "4711"), Explicit(0x00280010, "UN", UInt16(512))));

        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        Assert.Equal(512, dataSet.GetInt32(DicomTag.Rows));
    }

    [Fact]
    public void GetInt32_OfUNInBigEndian_IsLittleEndian()
    {
        byte[] littleEndianValue = UInt16(512);
        using DicomDataSet dataSet = Parse(
            [.. Tag(0x00280010, true), .. "UN\0\0"u8, .. UInt32(2, true), .. littleEndianValue], DicomUids.ExplicitVRBigEndian);

        Assert.Equal(512, dataSet.GetInt32(DicomTag.Rows));
    }

    [Fact]
    public void GetString_OfPaddedText_IsTrimmedAsItsVRSays()
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00080018, "UI", "1.2.3\0"),
            Explicit(0x00080060, "CS", " CT "),
            Explicit(0x00081030, "LO", " a \\ b "),
            Explicit(0x00104000, "LT", " x\\y  ")));

        Assert.Equal("1.2.3", dataSet.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal("CT", dataSet.GetString(DicomTag.Modality));
        Assert.Equal(["a", "b"], dataSet.GetStrings(DicomTag.StudyDescription));
        Assert.Equal(" x\\y", Assert.Single(dataSet.GetStrings(0x00104000)));
    }

    [Fact]
    public void GetStrings_OfEmptyValuesAmongOthers_KeepsTheirPlaces()
    {
        using DicomDataSet dataSet = Parse(Explicit(0x00080008, "CS", "A\\\\B\\"));

        Assert.Equal(["A", "", "B", ""], dataSet.GetStrings(DicomTag.ImageType));
    }

    [Fact]
    public void Get_AfterDispose_Throws()
    {
        DicomDataSet dataSet = Parse(Explicit(0x00081110, "SQ", Item(Explicit(0x00100020, "LO", "4711"))));
        DicomDataSet item = dataSet.GetItems(DicomTag.ReferencedStudySequence)[0];
        DicomElement element = dataSet.Find(DicomTag.ReferencedStudySequence)!;

        dataSet.Dispose();

        Assert.Throws<ObjectDisposedException>(() => dataSet.GetString(DicomTag.PatientID));
        Assert.Throws<ObjectDisposedException>(() => item.GetString(DicomTag.PatientID));
        Assert.Throws<ObjectDisposedException>(() => element.GetBytes());
    }

    [Fact]
    public void ToString_OfElement_DoesNotNameThePatient()
    {
        using DicomDataSet dataSet = Parse(Explicit(0x00100010, "PN", "Doe^Jane"));

        Assert.Equal("(0010,0010) PatientName PN 8", dataSet.Find(DicomTag.PatientName)!.ToString());
    }

    private static void ExpectDocumented(Func<object?> get)
    {
        Exception? error = Record.Exception(get);
        Assert.True(error is null or InvalidOperationException or FormatException or DataSetException, error?.ToString());
    }

    private static void ExpectNoError(Func<bool> tryGet)
    {
        Exception? error = Record.Exception(() => { _ = tryGet(); });
        Assert.True(error is null or DataSetException, error?.ToString());
    }
}
