namespace Dicom.Net;

/// <summary>
/// What may happen a thousand times a second is logged once, and then once a minute with how often it was: a peer must not fill the disk.
/// </summary>
internal sealed class LogEpisode(TimeProvider time)
{
    /// <summary>Arbitrary.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _toldAt;
    private int _untold;
    private bool _hasTold;

    /// <summary>It has happened once more.</summary>
    /// <returns>How often it has since the log was told; 0: the log is not to be told now.</returns>
    public int Note()
    {
        lock (_gate)
        {
            _untold++;
            if (_hasTold && time.GetElapsedTime(_toldAt) < Silence)
            {
                return 0;
            }

            (_hasTold, _toldAt) = (true, time.GetTimestamp());
            var count = _untold;
            _untold = 0;
            return count;
        }
    }
}
