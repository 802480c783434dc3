using Dicom.Net.Tests.Scu;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests;

public sealed class DicomNetConstructionTests
{
    [Theory]
    [InlineData(DicomNetSecurityMode.Iscl, "PS3.15 has retired it")]
    [InlineData((DicomNetSecurityMode)9, "no security mode 9")]
    public void Constructor_ModeThatIsNotSupported_IsRefusedInClearWords(DicomNetSecurityMode mode, string part)
    {
        var error = Assert.Throws<DicomException>(() => new DicomNet(null, mode));

        Assert.Equal(DicomExceptionCode.FeatureNotSupported, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Constructor_OptionsAlone_AreSecuredWhereTheyHaveTls(bool secured)
    {
        using var listener = TestScp.Listening(new DicomNet(null, new() { Tls = secured ? TlsPair.ServerOptions : null }));
        listener.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification);

        await using var association = await TestAssociation.OpenAsync(
            listener, TestAssociation.Request(DicomUids.Verification), new() { Network = new() { Tls = secured ? TlsPair.ClientOptions : null } });

        Assert.Equal(secured, association.SecureLink is not null);
    }

    [Fact]
    public void Constructor_NoOptions_IsAnError() =>
        Assert.Throws<ArgumentNullException>(() => new DicomNet(null, (DicomNetOptions)null!));

    [Fact]
    public void Constructor_FolderThatIsNotThere_IsRefused()
    {
        using var folder = new TestFolder();
        var missing = folder.File("missing");

        var error = Assert.Throws<DicomException>(() => new DicomNet(missing, DicomNetSecurityMode.None));

        Assert.Equal(DicomExceptionCode.Parameter, error.Code);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task Constructor_EmptyFolder_IsTheSystemsFolderOfTemporaryFiles()
    {
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, path: "");
        listener.CStoreRequestReceived += (_, e) => e.Respond(
            e.DataSet!.GetString(DicomTag.SOPInstanceUID) == TestInstance.Uid ? DicomCommandStatusType.Success : DicomCommandStatusType.Warning);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
    }

    public static TheoryData<DicomNetOptions, string> OutOfRange => new()
    {
        { new() { ConnectTimeout = TimeSpan.Zero }, nameof(DicomNetOptions.ConnectTimeout) },
        { new() { ArtimTimeout = TimeSpan.FromSeconds(-1) }, nameof(DicomNetOptions.ArtimTimeout) },
        { new() { PduTimeout = TimeSpan.FromDays(25) }, nameof(DicomNetOptions.PduTimeout) },
        { new() { MessageTimeout = TimeSpan.Zero }, nameof(DicomNetOptions.MessageTimeout) },
        { new() { SendTimeout = TimeSpan.MaxValue }, nameof(DicomNetOptions.SendTimeout) },
        { new() { MemoryThreshold = -1 }, nameof(DicomNetOptions.MemoryThreshold) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void Constructor_OptionOutOfRange_IsRefusedByName(DicomNetOptions options, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new DicomNet(null, DicomNetSecurityMode.None, options));

        Assert.Equal(name, error.ParamName);
    }

    [Fact]
    public void Constructor_NoTimeLimits_IsAllowed()
    {
        var endless = Timeout.InfiniteTimeSpan;
        using var net = new DicomNet(null, DicomNetSecurityMode.None, new()
        {
            ConnectTimeout = endless,
            ArtimTimeout = endless,
            PduTimeout = endless,
            MessageTimeout = endless,
            SendTimeout = endless,
        });

        Assert.Null(net.Server);
        Assert.Throws<ArgumentNullException>(() => new DicomNet(null, DicomNetSecurityMode.None, null!));
    }

    [Fact]
    public async Task CreateClient_OfAListenerThatThrowsOnError_ThrowsToo()
    {
        var thrown = new TaskCompletionSource<DicomExceptionCode>();
        using var listener = TestScp.AcceptingAll();
        listener.ThrowOnError = true;
        listener.CEchoRequestReceived += (sender, _) =>
        {
            var error = Assert.Throws<DicomException>(() => ((DicomNet)sender!).SendReleaseResponse());
            thrown.SetResult(error.Code);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        await scu.EchoAsync();

        Assert.Equal(DicomExceptionCode.InvalidState, await thrown.Task.WithTimeout());
    }
}
