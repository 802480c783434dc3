using System.Collections.Frozen;
using System.Text;
using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>Well-known UIDs (PS3.6 Annex A) and the names of all that are registered there.</summary>
public static partial class DicomUids
{
    /// <summary>DICOM Application Context Name.</summary>
    public const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>Verification.</summary>
    public const string Verification = "1.2.840.10008.1.1";

    /// <summary>Storage Commitment Push Model.</summary>
    public const string StorageCommitmentPushModel = "1.2.840.10008.1.20.1";

    /// <summary>Storage Commitment Push Model SOP Instance.</summary>
    public const string StorageCommitmentPushModelInstance = "1.2.840.10008.1.20.1.1";

    /// <summary>Modality Performed Procedure Step.</summary>
    public const string ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";

    /// <summary>Basic Film Session.</summary>
    public const string BasicFilmSession = "1.2.840.10008.5.1.1.1";

    /// <summary>Basic Film Box.</summary>
    public const string BasicFilmBox = "1.2.840.10008.5.1.1.2";

    /// <summary>Basic Grayscale Image Box.</summary>
    public const string BasicGrayscaleImageBox = "1.2.840.10008.5.1.1.4";

    /// <summary>Basic Color Image Box.</summary>
    public const string BasicColorImageBox = "1.2.840.10008.5.1.1.4.1";

    /// <summary>Basic Grayscale Print Management Meta.</summary>
    public const string BasicGrayscalePrintManagementMeta = "1.2.840.10008.5.1.1.9";

    /// <summary>Basic Color Print Management Meta.</summary>
    public const string BasicColorPrintManagementMeta = "1.2.840.10008.5.1.1.18";

    /// <summary>Printer.</summary>
    public const string Printer = "1.2.840.10008.5.1.1.16";

    /// <summary>Printer SOP Instance.</summary>
    public const string PrinterInstance = "1.2.840.10008.5.1.1.17";

    /// <summary>Patient Root Query/Retrieve Information Model - FIND.</summary>
    public const string PatientRootFind = "1.2.840.10008.5.1.4.1.2.1.1";

    /// <summary>Patient Root Query/Retrieve Information Model - MOVE.</summary>
    public const string PatientRootMove = "1.2.840.10008.5.1.4.1.2.1.2";

    /// <summary>Patient Root Query/Retrieve Information Model - GET.</summary>
    public const string PatientRootGet = "1.2.840.10008.5.1.4.1.2.1.3";

    /// <summary>Study Root Query/Retrieve Information Model - FIND.</summary>
    public const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";

    /// <summary>Study Root Query/Retrieve Information Model - MOVE.</summary>
    public const string StudyRootMove = "1.2.840.10008.5.1.4.1.2.2.2";

    /// <summary>Study Root Query/Retrieve Information Model - GET.</summary>
    public const string StudyRootGet = "1.2.840.10008.5.1.4.1.2.2.3";

    /// <summary>Modality Worklist Information Model - FIND.</summary>
    public const string ModalityWorklistFind = "1.2.840.10008.5.1.4.31";

    /// <summary>Instance Availability Notification.</summary>
    public const string InstanceAvailabilityNotification = "1.2.840.10008.5.1.4.33";

    /// <summary>Unified Procedure Step - Push.</summary>
    public const string UnifiedProcedureStepPush = "1.2.840.10008.5.1.4.34.6.1";

    /// <summary>Unified Procedure Step - Watch.</summary>
    public const string UnifiedProcedureStepWatch = "1.2.840.10008.5.1.4.34.6.2";

    /// <summary>Unified Procedure Step - Pull.</summary>
    public const string UnifiedProcedureStepPull = "1.2.840.10008.5.1.4.34.6.3";

    /// <summary>Unified Procedure Step - Event.</summary>
    public const string UnifiedProcedureStepEvent = "1.2.840.10008.5.1.4.34.6.4";

    /// <summary>Unified Procedure Step - Query.</summary>
    public const string UnifiedProcedureStepQuery = "1.2.840.10008.5.1.4.34.6.5";

    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(LoadNames);

    /// <summary>The UIDs of PS3.6 Table A-1 whose names are known here.</summary>
    internal static IEnumerable<string> Registered => Names.Value.Keys;

    /// <summary>The registered name of a UID, for logs and messages.</summary>
    /// <param name="uid">A UID, unpadded.</param>
    /// <returns>The name in PS3.6 Table A-1, or <see langword="null"/> where that table does not have the UID.</returns>
    public static string? GetName(string uid) => Names.Value.GetValueOrDefault(uid);

    private static FrozenDictionary<string, string> LoadNames()
    {
        Dictionary<string, string> names = [];
        foreach (string line in Encoding.UTF8.GetString(EmbeddedText.Read("DicomUidNames.txt")).Split('\n'))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line[0] != '#')
            {
                names.Add(line[..space], line[(space + 1)..]);
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
