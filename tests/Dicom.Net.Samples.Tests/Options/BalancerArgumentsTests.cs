using System.CommandLine;
using System.Net;

namespace Dicom.Net.Samples.Tests.Options;

/// <summary>What the options for a place behind a balancer become.</summary>
public sealed class BalancerArgumentsTests
{
    [Fact]
    public void Apply_NothingSaid_ChangesNothing()
    {
        var (balancer, parsed) = Parse();

        var options = balancer.Apply(new(), parsed);

        Assert.Equal((null, null, false), (options.ProxyProtocol, options.HealthPort, options.Socket!.SharesPort));
        Assert.Equal((false, TimeSpan.Zero), (balancer.IsActivated(parsed, out _), balancer.DrainDelay(parsed)));
    }

    [Fact]
    public void Apply_AllSaid_SetsIt()
    {
        var (balancer, parsed) = Parse(
            "--proxy", "192.0.2.10", "--proxy", "2001:db8::/64", "--proxy-or-direct", "--health-port", "11113", "--share-port", "--drain-delay", "5");

        var options = balancer.Apply(new(), parsed);

        Assert.Equal([IPNetwork.Parse("192.0.2.10/32"), IPNetwork.Parse("2001:db8::/64")], options.ProxyProtocol!.TrustedNetworks);
        Assert.Equal((true, 11113, true), (options.ProxyProtocol.AcceptsDirect, options.HealthPort, options.Socket!.SharesPort));
        Assert.Equal(TimeSpan.FromSeconds(5), balancer.DrainDelay(parsed));
    }

    [Theory]
    [InlineData(null, "--activated")]
    [InlineData("dicom", "--activated", "dicom")]
    public void IsActivated_WithOrWithoutAName_IsTrue(string? expected, params string[] arguments)
    {
        var (balancer, parsed) = Parse(arguments);

        Assert.True(balancer.IsActivated(parsed, out var name));
        Assert.Equal(expected, name);
    }

    [Fact]
    public void Parse_AProxyThatIsNoNetwork_SaysSo()
    {
        var command = new RootCommand();
        new BalancerArguments().AddTo(command);

        Assert.Contains("no network", Assert.Single(command.Parse("--proxy nobody").Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--drain-delay", "-1")]
    [InlineData("--drain-delay", "2147484")]
    [InlineData("--drain-delay", "5s")]
    [InlineData("--health-port", "-1")]
    [InlineData("--health-port", "65536")]
    public void Parse_ANumberThatNobodyCouldUse_SaysSo(string option, string value)
    {
        var command = new RootCommand();
        new BalancerArguments().AddTo(command);

        Assert.Contains(value, Assert.Single(command.Parse([option, value]).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TheLongestDelay_IsOneThatATimerHolds()
    {
        var (balancer, parsed) = Parse("--drain-delay", "2147483");

        Assert.True(balancer.DrainDelay(parsed).TotalMilliseconds <= int.MaxValue);
    }

    private static (BalancerArguments Balancer, ParseResult Parsed) Parse(params string[] arguments)
    {
        var command = new RootCommand();
        var balancer = new BalancerArguments();
        balancer.AddTo(command);
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return (balancer, parsed);
    }
}
