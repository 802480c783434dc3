namespace Dicom.Net.Samples;

/// <summary>The destination of a C-GET: the association that it came on, where the peer has the role of SCP (PS3.4 §C.4.3.2).</summary>
internal sealed class GetDestination(DicomNet net, AwaitedResponses responses) : IStorageDestination
{
    public Task OpenAsync(IEnumerable<(string SopClass, string TransferSyntax)> kinds) => Task.CompletedTask;

    public async Task<DicomCommandStatusType> StoreAsync(StoredInstance instance, DicomDataSet dataSet)
    {
        var association = net.Association ?? throw new DicomException("The association is over.");
        var context = StorageContexts.Find(
            association, instance.SopClass, instance.TransferSyntax,
            id => association.GetProviderRole(id) == DicomRoleSupport.Supported);
        return context == 0
            ? DicomCommandStatusType.SopClassNotSupported
            : await responses.SendAsync(net, id => net.SendCStoreRequest(
                context, id, instance.SopClass, instance.Instance, DicomCommandPriorityType.Medium, moveAE: null, moveMessageID: 0,
                dataSet));
    }

    public Task CloseAsync() => Task.CompletedTask;
}
