using System.Threading.Channels;
using Dicom.Net.Tests.Attacks;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Samples.Tests.Attacks;

/// <summary>
/// Names of files that a peer has a say in (CVE-2022-2119, CVE-2022-2120, CVE-2026-50003, CVE-2026-52868): where the samples make names of UIDs.
/// What the whole programs do with them: the interoperability tests of the same name.
/// </summary>
public sealed class PathTraversalTests : IDisposable
{
    // What is received into lies within it, so that what gets out of that is seen.
    private readonly TestFolder _surroundings = new();
    private readonly DirectoryInfo _folder;

    public PathTraversalTests() => _folder = _surroundings.Folder.CreateSubdirectory("kept");

    public static TheoryData<string> Names => [.. HostileNames.All.Distinct()];

    public void Dispose() => _surroundings.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void IsUid_WhatIsNone_IsRefused(string name) => Assert.False(UidText.IsUid(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Archive_HostileUid_IsRefusedAndWritesNothing(string name)
    {
        using var archive = Archive.Open(_folder, new StoragePolicy());
        foreach (var tag in (DicomTag[])[DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID])
        {
            using var instance = TestInstance.Make(1, 1, 1);
            instance.SetBytes(tag, DicomVR.UI, [.. name.Select(letter => (byte)letter)]);

            // Padding is no part of a UID (PS3.5 §9.1): what is left without it may be one.
            if (!UidText.IsUid(instance.GetString(tag)!))
            {
                Assert.Throws<InstanceException>(() => archive.Keep(instance));
            }
        }

        Assert.Empty(Instances());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PerformedProcedureSteps_HostileUid_IsRefusedAndWritesNothing(string name)
    {
        var steps = new PerformedProcedureSteps(_folder);
        using var attributes = TestInstance.Keys(null, (DicomTag.PerformedProcedureStepStatus, "IN PROGRESS"));

        Assert.Throws<ProcedureStepException>(() => steps.Create(name, attributes));
        Assert.Throws<ProcedureStepException>(() => steps.Set(name, attributes));

        Assert.Empty(Instances());
    }

    [Fact]
    public async Task Receiver_HostileInstances_AreRefusedAndWriteNothing()
    {
        var folder = new InstanceFolder(_folder);
        var receiver = new InstanceReceiver(folder);
        using var scp = new DicomNet(folder.Path, DicomNetSecurityMode.None, new() { MemoryThreshold = 0 });
        scp.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll()).ThrowIfFailed();
        receiver.Serve(scp);
        scp.Listen("127.0.0.1", 0, 5).ThrowIfFailed();
        using var forger = new Forger();
        await forger.AssociateAsync(scp.HostPort);

        foreach (var name in HostileNames.All.Where(name => name.Trim('\0', ' ').Length > 0 && !UidText.IsUid(name.TrimEnd('\0', ' '))))
        {
            var status = await forger.StoreAsync(name);
            Assert.False(status.IsSuccess() || status.IsWarning(), name);
        }

        Assert.True((await forger.StoreAsync("1.2.3")).IsSuccess());
        Assert.Equal(["kept/1.2.3.dcm"], Instances());
        Assert.Equal(1, receiver.Kept);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InstanceFolder_ALinkBearsTheName_NothingIsWrittenThroughIt(bool isDangling)
    {
        var outside = Outside(isDangling);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "1.2.1.1.1.dcm"), outside);
        using var instance = TestInstance.Make(1, 1, 1);

        var outcome = new InstanceFolder(_folder).Keep(instance, "1.2.1.1.1");

        Assert.Equal("stored as 1.2.1.1.1-2.dcm", outcome);
        AssertUntouched(outside, isDangling);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Archive_ALinkBearsTheName_IsNotFollowed(bool isDangling)
    {
        var outside = Outside(isDangling);
        using var archive = Archive.Open(_folder, new StoragePolicy());
        var link = Path.Combine(_folder.CreateSubdirectory("1.2.1").FullName, "1.2.1.1.1.dcm");
        File.CreateSymbolicLink(link, outside);
        using var instance = TestInstance.Make(1, 1, 1);

        var outcome = archive.Keep(instance);

        Assert.Equal("stored as 1.2.1/1.2.1.1.1-2.dcm", outcome);
        AssertUntouched(outside, isDangling);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Archive_ALinkIsThereInPlaceOfTheStudysFolder_IsRefused(bool isDangling)
    {
        var outside = _surroundings.PathOf("outside");
        var other = Path.Combine(outside, "1.2.1.1.1.dcm");
        if (!isDangling)
        {
            Directory.CreateDirectory(outside);
            File.WriteAllText(other, "precious");
        }

        using var archive = Archive.Open(_folder, new StoragePolicy());
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "1.2.1"), outside);
        using var instance = TestInstance.Make(1, 1, 1);

        Assert.Throws<IOException>(() => archive.Keep(instance));

        Assert.Null(archive.Index.Find("1.2.1.1.1"));
        AssertUntouched(other, isDangling);
        Assert.Equal(isDangling ? 0 : 1, Directory.Exists(outside) ? Directory.GetFileSystemEntries(outside).Length : 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PerformedProcedureSteps_ALinkBearsTheName_NothingIsWrittenThroughIt(bool isDangling)
    {
        var outside = Outside(isDangling);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "1.2.3.dcm"), outside);
        using var attributes = TestInstance.Keys(null, (DicomTag.PerformedProcedureStepStatus, "IN PROGRESS"));

        Assert.NotNull(Record.Exception(() => new PerformedProcedureSteps(_folder).Create("1.2.3", attributes)));
        Assert.NotNull(Record.Exception(() => new PerformedProcedureSteps(_folder).Set("1.2.3", attributes)));

        AssertUntouched(outside, isDangling);
    }

    private string Outside(bool isDangling)
    {
        var outside = _surroundings.PathOf("outside");
        if (!isDangling)
        {
            File.WriteAllText(outside, "precious");
        }

        return outside;
    }

    private static void AssertUntouched(string outside, bool isDangling) =>
        Assert.Equal(isDangling ? null : "precious", File.Exists(outside) ? File.ReadAllText(outside) : null);

    /// <summary>All files, but for the index.</summary>
    private IEnumerable<string> Instances() => _surroundings.Folder
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(file => Path.GetRelativePath(_surroundings.Folder.FullName, file.FullName).Replace('\\', '/'))
        .Where(file => !file.StartsWith("kept/index.db", StringComparison.Ordinal));

    /// <summary>An SCU that names an instance as it likes, in the command set and in the data set.</summary>
    private sealed class Forger : IDisposable
    {
        private readonly Channel<DicomCommandStatusType> _statuses = Channel.CreateUnbounded<DicomCommandStatusType>();
        private readonly TaskCompletionSource _associated = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly DicomNet _net = new(null, DicomNetSecurityMode.None);
        private readonly DicomAssociate _request = new(request: true) { Called = "../SCP", Calling = "/etc/passwd" };
        private readonly byte _context;
        private int _messageID;

        public Forger()
        {
            _context = _request.Propose(DicomUids.CTImageStorage, DicomUids.ExplicitVRLittleEndian);
            _net.Connected += (_, _) => _net.SendAssociateRequest(_request);
            _net.AssociateAcceptReceived += (_, _) => _associated.TrySetResult();
            _net.CStoreResponseReceived += (_, response) => _statuses.Writer.TryWrite(response.Status);
            _net.Closed += (_, _) => _statuses.Writer.TryComplete();
        }

        public async Task AssociateAsync(int port)
        {
            _net.Connect(null, 0, "127.0.0.1", port).ThrowIfFailed();
            await _associated.Task.WithTimeout();
        }

        public async Task<DicomCommandStatusType> StoreAsync(string name)
        {
            using var instance = TestInstance.Make(1, 1, 1);
            instance.SetBytes(DicomTag.SOPInstanceUID, DicomVR.UI, [.. name.Select(letter => (byte)letter)]);
            _net.SendCStoreRequest(
                _context, ++_messageID, DicomUids.CTImageStorage, name, DicomCommandPriorityType.Medium, "../MOVER", 1, instance).ThrowIfFailed();
            return await _statuses.Reader.ReadAsync().WithTimeout();
        }

        public void Dispose() => _net.Dispose();
    }
}
