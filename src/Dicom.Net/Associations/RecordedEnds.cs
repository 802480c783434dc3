using System.Net;

namespace Dicom.Net.Associations;

/// <summary>The two ends of a recorded conversation.</summary>
/// <param name="Local">Who opened it.</param>
/// <param name="Remote">The other.</param>
internal readonly record struct RecordedEnds(IPEndPoint Local, IPEndPoint Remote);
