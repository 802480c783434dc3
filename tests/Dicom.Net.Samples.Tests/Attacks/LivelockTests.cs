namespace Dicom.Net.Samples.Tests.Attacks;

/// <summary>Queries that would keep an SCP busy for ever: each ends at once, or is refused.</summary>
public sealed class LivelockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("*a", "b")]
    [InlineData("*?a", "b")]
    [InlineData("*a*a", "ab")]
    [InlineData("?*", "")]
    public async Task Wildcard_OfManyStars_Ends(string piece, string end)
    {
        // As long as a key may be: with a pattern that tries every star anew this would take for ever.
        var pattern = string.Concat(Enumerable.Repeat(piece, 1024 / piece.Length)) + end;
        var text = new string('a', 64 * 1024);

        var ended = TestContext.Current.CancellationToken;

        await Task.Run(() => Wildcard.Matches(pattern, text, ignoreCase: true), ended).WaitAsync(Patience, ended);
    }

    [Fact]
    public void Key_LongerThanAny_IsRefusedBeforeItIsMatched()
    {
        using var keys = TestInstance.Keys("STUDY", (DicomTag.PatientName, new string('*', 100_000)));

        Assert.Throws<FormatException>(() => ArchiveQuery.ForFind(keys, isPatientRoot: false));
        Assert.Throws<FormatException>(() => WorklistQuery.Validate(keys));
    }
}
