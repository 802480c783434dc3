namespace Dicom.Net;

/// <summary>How LEADTOOLS' data set loads a file. Here there is one way, and the flags are not looked at.</summary>
[Flags]
public enum DicomDataSetLoadFlags
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>Read it all and close the file. Here it stays open until the data set is disposed of.</summary>
    LoadAndClose = 1,
}

/// <summary>How LEADTOOLS' data set saves a file. Here there is one way, and the flags are not looked at.</summary>
[Flags]
public enum DicomDataSetSaveFlags
{
    /// <summary>Nothing in particular.</summary>
    None = 0,
}
