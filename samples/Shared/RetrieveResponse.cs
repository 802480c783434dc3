namespace Dicom.Net.Samples;

/// <summary>What a response to a C-MOVE or C-GET says (PS3.7 §9.1.3, §9.1.4).</summary>
/// <param name="Status">Pending, or the outcome.</param>
/// <param name="Remaining">Instances still to be sent.</param>
/// <param name="Completed">Instances sent with success.</param>
/// <param name="Failed">Instances that could not be sent.</param>
/// <param name="Warning">Instances sent with a warning.</param>
/// <param name="FailedInstances">The UIDs of those that could not be sent, as far as the peer names them.</param>
internal sealed record RetrieveResponse(
    DicomCommandStatusType Status, int Remaining, int Completed, int Failed, int Warning, string[] FailedInstances)
{
    public override string ToString() => $"{Completed} sent, {Failed} failed, {Warning} with a warning, {Remaining} remaining";
}
