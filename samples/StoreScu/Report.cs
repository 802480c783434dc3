namespace Dicom.Net.Samples;

/// <summary>Says how far the sending is, and what was not stored.</summary>
internal sealed class Report
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private long _bytes;
    private int _stored;

    /// <summary>How many files there are.</summary>
    public int Total { get; set; }

    public int Failed { get; private set; }

    /// <summary>Adds what the peer answered. After a warning the instance is stored, too (PS3.7 Annex C).</summary>
    public void Add(string path, DicomCommandStatusType status)
    {
        if (!status.IsSuccess() && !status.IsWarning())
        {
            NotStored(path, Words.Status(status));
            return;
        }

        _stored++;
        _bytes += new FileInfo(path).Length;
        if (_isTerminal)
        {
            Console.Write($"\r{_stored + Failed}/{Total}, {_bytes / 1e6:F1} MB ");
        }
        else
        {
            Console.WriteLine($"{path}: {Words.Status(status)}");
        }
    }

    public void NotStored(string path, string reason)
    {
        Failed++;
        Console.Error.WriteLine($"{(_isTerminal ? "\r" : "")}{path}: not stored: {reason}");
    }

    public void Summarize() => Console.WriteLine($"{(_isTerminal ? "\r" : "")}{_stored} of {Total} files stored, {_bytes / 1e6:F1} MB");
}
