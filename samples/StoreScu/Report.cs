namespace Dicom.Net.Samples;

/// <summary>Says how far the sending is, and what was not stored.</summary>
internal sealed class Report(int total)
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private long _bytes;
    private int _stored;

    public int Failed { get; private set; }

    public void Add(DicomSentFile file)
    {
        var reason = file.Error?.Message ?? Words.Status(file.Response!.Status);
        if (!file.IsStored)
        {
            Failed++;
            Console.Error.WriteLine($"{(_isTerminal ? "\r" : "")}{file.Path}: not stored: {reason}");
            return;
        }

        _stored++;
        _bytes += new FileInfo(file.Path).Length;
        if (_isTerminal)
        {
            Console.Write($"\r{_stored + Failed}/{total}, {_bytes / 1e6:F1} MB ");
        }
        else
        {
            Console.WriteLine($"{file.Path}: {reason}");
        }
    }

    public void Summarize() => Console.WriteLine($"{(_isTerminal ? "\r" : "")}{_stored} of {total} files stored, {_bytes / 1e6:F1} MB");
}
