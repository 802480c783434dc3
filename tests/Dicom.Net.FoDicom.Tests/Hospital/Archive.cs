using System.Collections.Concurrent;

namespace Hospital;

/// <summary>What the services of one archive have in common.</summary>
/// <param name="Folder">Where its instances are.</param>
public sealed record Archive(string Folder)
{
    /// <summary>Where the AEs are that it may send to: ports of this machine.</summary>
    public Dictionary<string, int> Destinations { get; } = [];

    /// <summary>What fo-dicom has told its services, in order.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>A C-ECHO is answered when this has ended.</summary>
    public Task EchoMayEnd { get; set; } = Task.CompletedTask;

    public string[] Files => Directory.GetFiles(Folder, "*.dcm");
}
