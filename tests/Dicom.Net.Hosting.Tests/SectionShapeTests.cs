using System.Text;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dicom.Net.Hosting.Tests;

/// <summary>A rule that has the right name and the wrong shape is none: it is said, before anybody is let in for want of it.</summary>
public sealed class SectionShapeTests
{
    /// <summary>An option that is a list, with a property for each.</summary>
    public static TheoryData<string> Lists => [.. Paths(typeof(DicomListenerOptions), "", type => type == typeof(IList<string>))];

    /// <summary>An option with options of its own.</summary>
    public static TheoryData<string> Groups => [.. Paths(typeof(DicomListenerOptions), "", IsGroup)];

    /// <summary>An option with one value.</summary>
    public static TheoryData<string> Values =>
        [.. Paths(typeof(DicomListenerOptions), "", type => type != typeof(IList<string>) && !IsGroup(type))];

    /// <summary>An option that is a time.</summary>
    public static TheoryData<string> Times =>
        [.. Paths(typeof(DicomListenerOptions), "", type => (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan))];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Start_AListHasAValue_SaysSo(string path) => Assert.Contains(
        $"Dicom:{path} is a list", await ProblemOfAsync((path, "CT1")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Start_AListHasAListInIt_SaysSo(string path) => Assert.Contains(
        $"Dicom:{path}:0 is to be a value", await ProblemOfAsync(($"{path}:0:0", "CT1")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Start_AGroupHasAValue_SaysSo(string path) => Assert.Contains(
        $"Dicom:{path} has options of its own", await ProblemOfAsync((path, "/etc/dicom/server.pem")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Start_AGroupIsEmpty_SaysSo(string path) => Assert.Contains(
        $"Dicom:{path} is empty", await ProblemOfAsync((path, null)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Start_AValueIsAList_SaysSo(string path) => Assert.Contains(
        $"Dicom:{path} is to be a value", await ProblemOfAsync(($"{path}:0", "1")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Start_ATimeIsANumber_SaysSo(string path) => Assert.Contains(
        $"Dicom:{path} 5 has no unit", await ProblemOfAsync((path, "5")), StringComparison.Ordinal);

    [Fact]
    public async Task Start_NoSection_SaysSo() => Assert.Contains("Dicom: it is not there", await ProblemOfAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Start_ASectionThatIsAValue_SaysSo() =>
        Assert.Contains("Dicom: it is not there", await ProblemOfAsync(("", "yes")), StringComparison.Ordinal);

    [Fact]
    public async Task Start_TwoListeners_OnlyTheOneIsWrong()
    {
        await using var host = TestHost.Built(
            (services, configuration) =>
            {
                services.AddDicomNet("good", configuration.GetSection("Good"));
                services.AddDicomNet("bad", configuration.GetSection("Bad"));
            },
            ("Good:Port", "0"), ("Bad:Port", "0"), ("Bad:CallingAETitles", "CT1"));

        var problem = Assert.Single((await StartInVainAsync(host)).Failures);

        Assert.StartsWith("bad: Bad:CallingAETitles is a list", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Host": "127.0.0.1", "Port": 0, "IpType": "IPv4", "CallingAETitles": [], "AETitle": null, "MaximumAssociations": null }""")]
    [InlineData("""{ "Host": "127.0.0.1", "Port": 0, "IpType": "IPv4", "IdleTimeout": null, "HandlerTimeLimit": "1.00:00:00", "DrainDelay": "0:0" }""")]
    [InlineData("""{ "host": "127.0.0.1", "port": 0, "iptype": "IPv4", "callingaetitles": [ "CT1" ] }""")]
    public async Task Start_JsonOfTheRightShape_Starts(string json)
    {
        await using var host = Built(json);

        await host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomListenerState.Listening, host.Listener.State);
    }

    [Theory]
    [InlineData("""{ "CallingAETitles": "CT1" }""")]
    [InlineData("""{ "callingaetitles": "CT1" }""")]
    [InlineData("""{ "Tls": {} }""")]
    [InlineData("""{ "Tls": null }""")]
    [InlineData("""{ "Tls": [] }""")]
    [InlineData("""{ "ProxyProtocol": {} }""")]
    [InlineData("""{ "AETitle": [ "ARCHIVE" ] }""")]
    [InlineData("""{ "IdleTimeout": 20 }""")]
    [InlineData("""{ "handlertimelimit": "5" }""")]
    [InlineData("{}")]
    public async Task Start_JsonOfTheWrongShape_SaysSo(string json)
    {
        await using var host = Built(json);

        Assert.Single((await StartInVainAsync(host)).Failures);
    }

    private static TestHost Built(string json)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes($"{{ \"Dicom\": {json} }}"));
        var configuration = new ConfigurationBuilder().AddJsonStream(text).Build();
        return TestHost.Built((services, _) => services.AddDicomNet(configuration.GetSection("Dicom")));
    }

    private static async Task<string> ProblemOfAsync(params (string Path, string? Value)[] options)
    {
        await using var host = TestHost.Built(
            (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")),
            [.. options.Select(option => ($"Dicom:{option.Path}".TrimEnd(':'), option.Value))]);
        return (await StartInVainAsync(host)).Message;
    }

    private static Task<OptionsValidationException> StartInVainAsync(TestHost host) =>
        Assert.ThrowsAsync<OptionsValidationException>(() => host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout());

    private static IEnumerable<string> Paths(Type options, string prefix, Func<Type, bool> isWanted) => options.GetProperties().SelectMany(property =>
    {
        IEnumerable<string> inner = IsGroup(property.PropertyType) ? Paths(property.PropertyType, $"{prefix}{property.Name}:", isWanted) : [];
        return isWanted(property.PropertyType) ? inner.Prepend(prefix + property.Name) : inner;
    });

    private static bool IsGroup(Type type) => type.Namespace == typeof(DicomListenerOptions).Namespace && type.IsClass;
}
