namespace Dicom.Net.Samples;

/// <summary>What lies where an instance is to be kept.</summary>
internal enum InstanceFileContent
{
    /// <summary>No data set: somebody's file, or what a loss of power has left of one. Nobody has the instance, then.</summary>
    Unreadable,

    /// <summary>The instance itself.</summary>
    SameBytes,

    /// <summary>Another instance that has its SOP Instance UID, whole.</summary>
    AnotherOfItsUid,

    /// <summary>An instance with another UID, whatever its file is called.</summary>
    AnotherInstance,
}
