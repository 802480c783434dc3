namespace Dicom.Net.Samples.Tests.Query;

/// <summary>Attribute matching, PS3.4 §C.2.2.2.</summary>
public sealed class KeyMatchingTests
{
    [Theory]
    [InlineData(DicomVR.LO, "", "anything")]
    [InlineData(DicomVR.LO, "", "")]
    [InlineData(DicomVR.LO, "*", "")]
    [InlineData(DicomVR.DA, "", "")]
    [InlineData(DicomVR.LO, "ABC", "ABC")]
    [InlineData(DicomVR.LO, "A*C", "ABBBC")]
    [InlineData(DicomVR.LO, "A*C", "AC")]
    [InlineData(DicomVR.LO, "A?C", "ABC")]
    [InlineData(DicomVR.LO, "*B*D*", "ABCDE")]
    [InlineData(DicomVR.LO, "[A]*", "[A]B")]
    [InlineData(DicomVR.CS, "CT\\MR", "MR")]
    [InlineData(DicomVR.CS, "CT", "MR\\CT\\PR")]
    [InlineData(DicomVR.UI, "1.2.3\\1.2.4", "1.2.4")]
    [InlineData(DicomVR.IS, "7", "007")]
    [InlineData(DicomVR.PN, "doe^*", "DOE^JANE")]
    [InlineData(DicomVR.PN, "MÜLLER*", "Müller^Änne")]
    [InlineData(DicomVR.PN, "Doe^Jane", "Doe^Jane^^^")]
    [InlineData(DicomVR.PN, "山田^太郎", "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData(DicomVR.PN, "yamada*", "Yamada^Tarou=山田^太郎")]
    [InlineData(DicomVR.DA, "20240102", "20240102")]
    [InlineData(DicomVR.DA, "20240101-20240131", "20240131")]
    [InlineData(DicomVR.DA, "20240101-", "29991231")]
    [InlineData(DicomVR.DA, "-20240131", "19000101")]
    [InlineData(DicomVR.DA, "2024.01.02", "20240102")]
    [InlineData(DicomVR.TM, "10", "104233.123456")]
    [InlineData(DicomVR.TM, "10-11", "115959")]
    [InlineData(DicomVR.TM, "1000-103015", "103015.9")]
    [InlineData(DicomVR.TM, "100000", "10")]
    public void Matches_WhatTheStandardSays_Does(DicomVR vr, string key, string value) => Assert.True(KeyMatching.Matches(vr, key, value));

    [Theory]
    [InlineData(DicomVR.LO, "ABC", "")]
    [InlineData(DicomVR.LO, "?", "")]
    [InlineData(DicomVR.LO, "abc", "ABC")]
    [InlineData(DicomVR.LO, "a*", "ABC")]
    [InlineData(DicomVR.LO, "A*C", "ABCD")]
    [InlineData(DicomVR.LO, "A?C", "AC")]
    [InlineData(DicomVR.UI, "1.2.*", "1.2.4")]
    [InlineData(DicomVR.UI, "1.2.3\\1.2.4", "1.2.34")]
    [InlineData(DicomVR.IS, "7", "seven")]
    [InlineData(DicomVR.ST, "a\\b", "a")]
    [InlineData(DicomVR.PN, "doe", "DOE^JANE")]
    [InlineData(DicomVR.DA, "20240102", "")]
    [InlineData(DicomVR.DA, "20240101-20240131", "20240201")]
    [InlineData(DicomVR.DA, "20240101-", "20231231")]
    [InlineData(DicomVR.TM, "10-11", "120000")]
    [InlineData(DicomVR.TM, "100001", "10")]
    public void Matches_AllElse_DoesNot(DicomVR vr, string key, string value) => Assert.False(KeyMatching.Matches(vr, key, value));

    [Theory]
    [InlineData(DicomVR.DA, "tomorrow")]
    [InlineData(DicomVR.DA, "-")]
    [InlineData(DicomVR.DA, "2020-2021-2022")]
    [InlineData(DicomVR.TM, "*")]
    public void Validate_NoDateAndNoTime_IsRefused(DicomVR vr, string key) =>
        Assert.Throws<FormatException>(() => KeyMatching.Validate(vr, key));

    [Fact]
    public void Matches_PatternThatInvitesBacktracking_TakesFewSteps()
    {
        // Tried the naive way, this takes longer than the test machine will last.
        var pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b";

        Assert.False(Wildcard.Matches(pattern, new string('a', 2000), ignoreCase: false));
    }
}
