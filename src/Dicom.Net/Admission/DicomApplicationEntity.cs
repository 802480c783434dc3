namespace Dicom.Net;

/// <summary>One of the application entities of a port (PS3.8 §7.1.1.3): a title, and what is supported under it.</summary>
public sealed class DicomApplicationEntity
{
    /// <summary>States an application entity.</summary>
    /// <param name="title">Its AE title, which associations are called by.</param>
    /// <param name="services">What it supports.</param>
    /// <exception cref="ArgumentException">That is no AE title.</exception>
    public DicomApplicationEntity(string title, DicomSupportedServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Title = DicomAdmission.Title(title, nameof(title));
        Services = services;
    }

    /// <summary>Its AE title.</summary>
    public string Title { get; }

    /// <summary>What it supports.</summary>
    public DicomSupportedServices Services { get; }

    /// <summary>
    /// The calling AE titles that it serves, among those of <see cref="DicomAdmission.CallingTitles"/>; none, the default: all. Others are
    /// rejected with 1/1/3.
    /// </summary>
    public IReadOnlyCollection<string> CallingTitles { get; init => field = DicomAdmission.Titles(value, nameof(CallingTitles)); } = [];
}
