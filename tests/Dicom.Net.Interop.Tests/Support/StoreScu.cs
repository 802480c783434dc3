namespace Dicom.Net.Interop.Tests.Support;

/// <summary>An SCU that stores one data set, whatever its command set says of it.</summary>
internal static class StoreScu
{
    public static async Task<DicomCommandStatusType> StoreAsync(string port, string sopClass, string instance, DicomDataSet dataSet)
    {
        using var scu = await StoringScu.AssociateAsync(port, calling: "/etc", called: "../ANY", sopClass);
        return await scu.StoreAsync(sopClass, instance, dataSet);
    }
}
