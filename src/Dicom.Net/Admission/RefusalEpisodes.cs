namespace Dicom.Net;

/// <summary>Of those whom a listener turns away after they have come in, the log is told once a minute for each host: it must not fill the disk.</summary>
internal sealed class RefusalEpisodes(TimeProvider time)
{
    /// <summary>Nobody listened any more, or too many waited.</summary>
    public LogEpisodes NotTaken { get; } = new(time);

    /// <summary>No secure link came about.</summary>
    public LogEpisodes NotSecured { get; } = new(time);

    /// <summary>A rule did not admit their associate requests.</summary>
    public LogEpisodes NotAdmitted { get; } = new(time);

    /// <summary>They came while the listener was closing.</summary>
    public LogEpisodes TooLate { get; } = new(time);
}
