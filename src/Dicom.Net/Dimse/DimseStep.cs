namespace Dicom.Net.Dimse;

/// <summary>What a presentation data value amounts to in the message that it belongs to.</summary>
internal enum DimseStep
{
    /// <summary>A part of a command set; more is to come.</summary>
    NeedMore,

    /// <summary>The end of a command set that no data set follows: the message is complete.</summary>
    CommandComplete,

    /// <summary>The end of a command set that a data set follows.</summary>
    CommandCompleteDataFollows,

    /// <summary>A part of the data set; more is to come.</summary>
    DataFragment,

    /// <summary>The end of the data set: the message is complete.</summary>
    LastDataFragment,
}
