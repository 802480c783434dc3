using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Commands;

/// <summary>How far the sending of files is, and what came of each.</summary>
internal sealed class StoreReport(ToolOutput output, ProgressBar bar, IReadOnlyList<string> files) : IProgress<DicomFileProgress>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _underWay = [];
    private readonly HashSet<ExitCode> _failures = [];
    private readonly long _total = files.Sum(LengthOf);
    private long _finished;
    private long _storedBytes;
    private int _stored;
    private int _failed;

    /// <summary>Bytes of a file have gone out.</summary>
    public void Report(DicomFileProgress value)
    {
        lock (_gate)
        {
            _underWay[value.Path] = value.SentBytes;
            Show();
        }
    }

    /// <summary>What came of a file is known.</summary>
    public void Add(DicomSentFile file)
    {
        var length = LengthOf(file.Path);
        lock (_gate)
        {
            _underWay.Remove(file.Path);
            _finished += length;
            _storedBytes += file.IsStored ? length : 0;
            _stored += file.IsStored ? 1 : 0;
            _failed += file.IsStored ? 0 : 1;
            Show();
        }

        Tell(file);
    }

    /// <summary>What came of all.</summary>
    public ToolResult Summarize(TimeSpan time)
    {
        var rate = _storedBytes / Math.Max(time.TotalSeconds, 1e-6);
        var words = $"{_stored} of {Sizes.Count(files.Count, "file")} stored, "
            + $"{Sizes.Bytes(_storedBytes)} in {Sizes.Time(time)}, {Sizes.Bytes(rate)}/s";

        // One reason for all that nothing was stored is the reason of the whole.
        var code = _failed == 0 ? ExitCode.Ok : _stored == 0 && _failures.Count == 1 ? _failures.Single() : ExitCode.PeerFailure;
        return new(code, words)
        {
            Facts = new { Files = files.Count, Stored = _stored, Failed = _failed, Bytes = _storedBytes, Seconds = time.TotalSeconds },
        };
    }

    private void Tell(DicomSentFile file)
    {
        var response = file.Response;
        output.Json("file", new
        {
            file.Path,
            Stored = file.IsStored,
            Status = response is null ? null : Status.Hex(response.Status),
            Error = file.Error?.Message ?? response?.Detail.ErrorComment,
        });
        if (!file.IsStored)
        {
            _failures.Add(file.Error is null ? ExitCode.PeerFailure : Failure.CodeOf(file.Error));
            output.Error($"{file.Path}: not stored: {file.Error?.Message ?? Status.Describe(response!)}");
        }
        else if (!output.IsForPerson || response!.Status.IsWarning())
        {
            output.Line($"{file.Path}: {Words.Status(response!.Status)}", Status.ToneOf(response.Status));
        }
    }

    private void Show()
    {
        var done = _finished + _underWay.Values.Sum();
        bar.Tell(done, _total, $"{_stored + _failed}/{files.Count}, {Sizes.Bytes(done)}");
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
