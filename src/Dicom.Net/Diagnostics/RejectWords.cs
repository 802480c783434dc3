namespace Dicom.Net.Diagnostics;

/// <summary>
/// Rejections in the words of PS3.8 Table 9-21, for attributes. What the table does not know is "other": a peer must not choose how many
/// values there are.
/// </summary>
internal static class RejectWords
{
    private const string Other = "other";

    public static string Result(byte result) => result switch
    {
        1 => "permanent",
        2 => "transient",
        _ => Other,
    };

    public static string Source(byte source) => source switch
    {
        1 => "service_user",
        2 => "service_provider_acse",
        3 => "service_provider_presentation",
        _ => Other,
    };

    public static string Reason(byte source, byte reason) => (source, reason) switch
    {
        (1 or 2, 1) => "no_reason_given",
        (1, 2) => "application_context_name_not_supported",
        (1, 3) => "calling_ae_title_not_recognized",
        (1, 7) => "called_ae_title_not_recognized",
        (2, 2) => "protocol_version_not_supported",
        (3, 1) => "temporary_congestion",
        (3, 2) => "local_limit_exceeded",
        _ => Other,
    };
}
