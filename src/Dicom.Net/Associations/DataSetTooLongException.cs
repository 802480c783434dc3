namespace Dicom.Net.Associations;

/// <summary>A data set that is arriving has exceeded its limit.</summary>
/// <param name="limit">The limit, in bytes.</param>
internal sealed class DataSetTooLongException(long limit) : Exception($"A data set is over the limit of {limit} bytes.");
