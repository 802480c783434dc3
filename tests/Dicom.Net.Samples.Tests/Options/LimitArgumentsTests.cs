using System.CommandLine;
using System.Net;

namespace Dicom.Net.Samples.Tests.Options;

/// <summary>What the SCPs' options come to.</summary>
public sealed class LimitArgumentsTests
{
    [Fact]
    public void Apply_NothingIsSaid_NothingIsLimited()
    {
        var options = Apply();

        Assert.Equal(new DicomNetLimits(), options.Limits);
        Assert.Equal(new DicomNetOptions().IdleTimeout, options.IdleTimeout);
        Assert.True(options.Admission!.Admits(IPAddress.Parse("192.0.2.1")));
        Assert.Empty(options.Admission.CalledTitles.Concat(options.Admission.CallingTitles));
    }

    [Fact]
    public void Apply_Limits_AreTheLibrarys()
    {
        var options = Apply(
            "--max-associations", "5", "--max-per-address", "4", "--max-per-title", "3", "--max-instance", "2M", "--idle-timeout", "60");

        Assert.Equal(
            new()
            {
                MaximumAssociations = 5,
                MaximumAssociationsPerAddress = 4,
                MaximumAssociationsPerCallingTitle = 3,
                MaximumDataSetLength = 2 << 20,
            },
            options.Limits);
        Assert.Equal(TimeSpan.FromMinutes(1), options.IdleTimeout);
    }

    [Fact]
    public void Apply_IdleTimeoutOfZero_IsNever() => Assert.Equal(Timeout.InfiniteTimeSpan, Apply("--idle-timeout", "0").IdleTimeout);

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.9", false)]
    [InlineData("198.51.100.7", true)]
    [InlineData("198.51.100.8", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void Apply_Networks_AreAllowedAndDenied(string address, bool isAdmitted)
    {
        var options = Apply(
            "--allow", "192.0.2.0/24", "--allow", "198.51.100.7", "--allow", "2001:db8::/32", "--deny", "192.0.2.8/29");

        Assert.Equal(isAdmitted, options.Admission!.Admits(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("--called")]
    [InlineData("--aet")]
    public void Apply_Titles_AreThoseServed(string called)
    {
        var options = Apply(called, "OURS", called, "ALSO OURS", "--calling", "THEIRS");

        Assert.Equal(["ALSO OURS", "OURS"], options.Admission!.CalledTitles.Order(StringComparer.Ordinal));
        Assert.Equal(["THEIRS"], options.Admission.CallingTitles);
    }

    [Theory]
    [InlineData("--max-associations", "-1")]
    [InlineData("--max-associations", "many")]
    [InlineData("--idle-timeout", "-1")]
    [InlineData("--idle-timeout", "2147484")]
    [InlineData("--max-instance", "large")]
    [InlineData("--allow", "192.0.2.1/33")]
    [InlineData("--deny", "example.org")]
    [InlineData("--called", "LONGER THAN SIXTEEN")]
    [InlineData("--calling", "SEVENTEEN-LETTERS")]
    public void Parse_NonsenseValue_IsAnErrorThatNamesIt(string option, string value)
    {
        var error = Assert.Single(Command(out _).Parse([option, value]).Errors);

        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    private static DicomNetOptions Apply(params string[] arguments)
    {
        var parsed = Command(out var limits).Parse(arguments);
        Assert.Empty(parsed.Errors);
        return limits.Apply(new(), parsed);
    }

    private static RootCommand Command(out LimitArguments limits)
    {
        var command = new RootCommand();
        limits = new();
        limits.AddTo(command);
        return command;
    }
}
